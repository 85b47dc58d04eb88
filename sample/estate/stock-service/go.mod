module git.quillmere.example/quillmere/stock-service

go 1.24.2

require google.golang.org/grpc v1.72.1
