#!/bin/sh
# Removes from an installed botocore every service that no function calls: making a client reads what
# all of them are called, and they are most of its size. Say what to keep in services.txt.
set -eu
data=$(find "$1" -type d -path '*/site-packages/botocore/data')
for service in "$data"/*/; do
  grep -qx "$(basename "$service")" "$(dirname "$0")/services.txt" || rm -r "$service"
done
