from flask import Flask, request
from print import label, send

app = Flask(__name__)


@app.route("/print/<site>", methods=["POST"])
def print_label(site):
    f = request.form
    send(site, label(f["order"], f["name"], f["street"], f["city"]))
    return "ok"


app.run(host="0.0.0.0", port=80, debug=True)
