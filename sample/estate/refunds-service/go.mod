module git.quillmere.example/quillmere/refunds-service

go 1.23.8

require (
	git.quillmere.example/quillmere/ledger v1.22.3
	git.quillmere.example/quillmere/money v1.6.1
)
