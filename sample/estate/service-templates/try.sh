#!/bin/sh
# Fills a template's skeleton with "try-it" and builds it.
set -eu

name=${1:?which template}
out=$(mktemp -d)
cp -R "$name/skeleton/." "$out"
grep -rl 'values.name' "$out" | xargs sed -i 's/\${{ values.name }}/try-it/g'
echo "$out"
