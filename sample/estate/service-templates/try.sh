#!/bin/sh
# Fills the skeletons of a template with "try-it", so that it can be built and looked at.
set -eu

name=${1:?which template}
out=$(mktemp -d)
cp -R service-common/skeleton/. "$name/skeleton/." "$out"
grep -rl 'values\.' "$out" | xargs sed -i 's/\${{ values\.[a-z]* }}/try-it/g'
echo "$out"
