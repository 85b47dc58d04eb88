// Command close closes yesterday's books.
package main

import (
	"fmt"
	"time"
)

func main() {
	day := time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	fmt.Println("closing", day)
}
