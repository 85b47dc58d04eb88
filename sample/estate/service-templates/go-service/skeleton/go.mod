module git.quillmere.example/quillmere/${{ values.name }}

go 1.19
