#!/bin/sh
# Every person must sit in exactly one team file, and every file must name its own group.
set -eu

for file in teams/*.yaml; do
  team=$(basename "$file" .yaml)
  grep -q "name: $team" "$file" || { echo "$file doesn't define $team" >&2; exit 1; }
done

twice=$(grep -h 'email: .*@' teams/*.yaml | sort | uniq -d)
[ -z "$twice" ] || { echo "in two teams: $twice" >&2; exit 1; }
