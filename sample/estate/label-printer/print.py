# prints labels. Talks to the printers in the warehouse over port 9100.
# ask Joan if it stops
import socket
import sys

PRINTERS = {"north": "10.20.1.15", "harbour": "10.21.1.15", "south": "10.22.1.17"}


def label(order, name, street, city):
    return f"^XA^FO40,40^FD{name}^FS^FO40,90^FD{street}^FS^FO40,140^FD{city}^FS^FO40,220^BC^FD{order}^FS^XZ"


def send(site, text):
    s = socket.create_connection((PRINTERS[site], 9100), timeout=5)
    s.sendall(text.encode("ascii", "replace"))
    s.close()


if __name__ == "__main__":
    send(sys.argv[1], label(*sys.argv[2:6]))
