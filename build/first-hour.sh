#!/usr/bin/env bash
# What a new user does in the first hour, with nothing but the packages of this repository and NuGet: pack, install templates and tool into an empty home directory, make a project,
# run it, test it, start it through the local endpoint, and synthesize it. Prints the seconds of each step.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 MSBUILDDISABLENODEREUSE=1
version=0.1.0-first.$(date +%s)
feed=$work/feed
mkdir -p "$feed" "$work/home"
started=$SECONDS

# lap NAME: the seconds since the last lap.
lap() {
    echo "$1: $((SECONDS - started)) s"
    started=$SECONDS
}

cd "$root"
for project in src/*/; do
    grep -q '<IsPackable>false' "$project"*.csproj || dotnet pack "$project" -c Release -o "$feed" -p:Version="$version" --nologo -v q
done
dotnet pack templates -o "$feed" -p:Version="$version" --nologo -v q
dotnet run build/check-packages.cs -- "$feed" ${ORKESTRA_APPROVE:+--approve}
lap "pack"

# The packages that NuGet has already are found where they are; those of this repository only in the feed.
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
[ ! -e "$HOME/.nuget/NuGet/NuGet.Config" ] || { mkdir -p "$work/home/.nuget/NuGet" && cp "$HOME/.nuget/NuGet/NuGet.Config" "$work/home/.nuget/NuGet/"; }
export DOTNET_CLI_HOME=$work/home HOME=$work/home NUGET_PACKAGES=$work/home/packages RestoreAdditionalProjectSources=$feed RestoreFallbackFolders=$packages CI=
cd "$work"
dotnet new install "$feed/Orkestra.Templates.$version.nupkg" >/dev/null
lap "dotnet new install"
dotnet new orkestra -o Shop >/dev/null
cd Shop
lap "dotnet new orkestra"
output=$(dotnet run --project Shop -- run --input '[{"product":"pencil","quantity":2},{"product":"paper","quantity":1}]')
[ "$output" = '{"total":29.97,"status":"paid"}' ] || { echo "dotnet run printed: $output"; exit 1; }
lap "dotnet run"
dotnet test
lap "dotnet test"
dotnet run --no-build --project Shop -- asl >shop.asl.json
dotnet tool install Orkestra.Cli --version "$version" --add-source "$feed" --tool-path "$work/tools" >/dev/null
"$work/tools/orkestra" validate shop.asl.json
lap "dotnet tool install"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 18083)
"$work/tools/orkestra" local --port "$port" --data "$work/data" >"$work/local.log" 2>&1 &
server=$!
for _ in $(seq 1 600); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && break
    kill -0 "$server" || { cat "$work/local.log"; exit 1; }
    sleep 0.1
done
lap "orkestra local"
if python3 -c 'import boto3' 2>/dev/null; then
    python3 - "$port" <<'PYTHON'
import json, sys, time
import boto3, botocore.config
client = boto3.client("stepfunctions", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
                      config=botocore.config.Config(inject_host_prefix=False))
definition = json.dumps({"StartAt": "Double", "QueryLanguage": "JSONata", "States": {"Double": {"Type": "Pass", "Output": "{% $states.input.n * 2 %}", "End": True}}})
machine = client.create_state_machine(name="double", definition=definition, roleArn="arn:aws:iam::123456789012:role/any")["stateMachineArn"]
execution = client.start_execution(stateMachineArn=machine, input='{"n":21}')["executionArn"]
for _ in range(600):
    answer = client.describe_execution(executionArn=execution)
    if answer["status"] != "RUNNING":
        break
    time.sleep(0.1)
assert answer["output"] == "42", answer
PYTHON
    lap "start an execution with boto3"
else
    echo "boto3 is not installed: no execution was started with it"
fi
if command -v node >/dev/null; then
    CDK_OUTDIR=$work/cdk dotnet run --project Shop.Cdk
    lap "synthesize"
    if command -v cfn-lint >/dev/null; then
        cfn-lint -i W3005 -- "$work"/cdk/*.template.json
        lap "cfn-lint"
    fi
fi
