package main

import (
	"log/slog"
	"net"
	"os"
)

func main() {
	warehouse := os.Getenv("WAREHOUSE_MANAGEMENT_URL")
	l, err := net.Listen("tcp", ":9090")
	if err != nil {
		slog.Error("can't listen", "error", err)
		os.Exit(1)
	}
	slog.Info("listening", "address", l.Addr(), "warehouse", warehouse)
	select {}
}
