module git.quillmere.example/quillmere/money

go 1.22.0
