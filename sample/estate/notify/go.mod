module git.quillmere.example/quillmere/notify

go 1.23.6
