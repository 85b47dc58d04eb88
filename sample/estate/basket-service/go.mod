module git.quillmere.example/quillmere/basket-service

go 1.24.4

require (
	git.quillmere.example/quillmere/money v1.6.2
	google.golang.org/grpc v1.73.2
)
