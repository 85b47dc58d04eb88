module git.quillmere.example/quillmere/identity

go 1.24.5
