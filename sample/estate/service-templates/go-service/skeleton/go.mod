module git.quillmere.example/quillmere/${{ values.name }}

go 1.24.4
