module git.quillmere.example/quillmere/ledger

go 1.24.4

require git.quillmere.example/quillmere/money v1.6.2
