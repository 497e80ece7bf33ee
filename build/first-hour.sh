#!/usr/bin/env bash
# What a new user does in the first hour, with nothing but the packages of this repository and NuGet: pack, install templates and tool into an empty home directory, make a project,
# run it, test it, publish it, serve it, start it with boto3, see it on the dashboard, and write a template of it with and without the CDK. Prints the seconds of each step.
#   build/first-hour.sh [FOLDER]     FOLDER: packages that are there already, instead of packing
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 MSBUILDDISABLENODEREUSE=1
started=$SECONDS

# lap NAME: the seconds since the last lap.
lap() {
    echo "$1: $((SECONDS - started)) s"
    started=$SECONDS
}

cd "$root"
if [ $# -gt 0 ]; then
    feed=$(cd "$1" && pwd)
    version=$(basename "$feed"/Orkestra.Templates.*.nupkg .nupkg)
    version=${version#Orkestra.Templates.}
else
    feed=$work/feed
    version=0.1.0-first.$(date +%s)
    # The bills of materials need it; docfx, which may not be there, is not needed.
    dotnet tool restore >/dev/null || true
    dotnet pack Orkestra.slnx -c Release -o "$feed" -p:Version="$version" --nologo -v q
    lap "pack"
fi
dotnet run build/check-packages.cs -- "$feed" ${ORKESTRA_APPROVE:+--approve}
lap "check the packages"

# An empty home. The packages that NuGet has already are found where they are; those of this repository only in the feed.
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
mkdir -p "$work/home"
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
dotnet new orkestra-app -o "$work/Store" >/dev/null
(cd "$work/Store" && dotnet test)
lap "dotnet new orkestra-app, dotnet test"

# What is deployed as a managed function: the step, what runs it, and nothing that only serves, tests or draws.
dotnet publish Shop -c Release -p:OrkestraLambda=true -o "$work/function" --nologo -v q
(cd "$work/function" && find . -name '*.dll' | sort) >"$work/function.txt"
if [ -n "${ORKESTRA_APPROVE:-}" ]; then cp "$work/function.txt" "$root/build/function.approved.txt"; fi
diff "$root/build/function.approved.txt" "$work/function.txt" || { echo "The function carries other files than build/function.approved.txt says."; exit 1; }
# A package that the program's own code needs stays, although the command line needs it too.
cp -r Shop "$work/Uses"
sed -i 's|</Project>|<ItemGroup><PackageReference Include="Microsoft.Data.Sqlite.Core" Version="10.0.15" /></ItemGroup></Project>|' "$work"/Uses/*.csproj
cp Directory.* "$work/Uses/" 2>/dev/null || true
dotnet publish "$work/Uses" -c Release -p:OrkestraLambda=true -o "$work/uses" --nologo -v q
[ -e "$work/uses/Microsoft.Data.Sqlite.dll" ] || { echo "The function lacks Microsoft.Data.Sqlite, which its project refers to."; exit 1; }
lap "publish for Lambda"

dotnet run --no-build --project Shop -- asl >shop.asl.json
dotnet tool install Orkestra.Cli --version "$version" --add-source "$feed" --tool-path "$work/tools" >/dev/null
"$work/tools/orkestra" validate shop.asl.json
lap "dotnet tool install"
"$work/tools/orkestra" local --port 0 --data "$work/data" >"$work/local.log" 2>&1 &
server=$!
address=
for _ in $(seq 1 600); do
    address=$(sed -n 's/.*listens on \(http[^ ]*\).*/\1/p' "$work/local.log" | head -n 1)
    [ -z "$address" ] || break
    kill -0 "$server" || { cat "$work/local.log"; exit 1; }
    sleep 0.1
done
curl -sS --fail -o /dev/null "$address/"
lap "orkestra local"
if python3 -c 'import boto3' 2>/dev/null; then
    execution=$(python3 - "$address" <<'PYTHON'
import json, sys, time
import boto3, botocore.config
client = boto3.client("stepfunctions", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
                      config=botocore.config.Config(inject_host_prefix=False))
definition = json.dumps({"StartAt": "Double", "QueryLanguage": "JSONata", "States": {"Double": {"Type": "Pass", "Output": "{% $states.input.n * 2 %}", "End": True}}})
machine = client.create_state_machine(name="double", definition=definition, roleArn="arn:aws:iam::123456789012:role/any")["stateMachineArn"]
execution = client.start_execution(stateMachineArn=machine, name="first-run", input='{"n":21}')["executionArn"]
for _ in range(600):
    answer = client.describe_execution(executionArn=execution)
    if answer["status"] != "RUNNING":
        break
    time.sleep(0.1)
assert answer["output"] == "42", answer
print(execution)
PYTHON
    )
    lap "start an execution with boto3"
    curl -sS --fail "$address/runs" >"$work/runs.html"
    grep -q first-run "$work/runs.html" || { echo "The dashboard's list of runs does not show first-run."; exit 1; }
    curl -sS --fail "$address/runs/$execution" >"$work/run.html"
    grep -q Double "$work/run.html" || { echo "The dashboard's page of $execution does not show the state Double."; exit 1; }
    lap "see it on the dashboard"
else
    echo "skip: start an execution with boto3 (it is not installed)"
fi
kill "$server"
wait "$server" || true
server=

# A program that refers to each package that says it can be trimmed, all of whose code is looked at: a warning is an error.
cp -r "$root/build/consumer" "$work/Consumer"
cd "$work/Consumer"
dotnet publish -c Release -p:OrkestraVersion="$version" -p:PublishTrimmed=true --self-contained -o "$work/trimmed" --nologo -v q
[ "$("$work/trimmed/Consumer")" = 'TRIMMED: 42' ] || { echo "The trimmed consumer does not run."; exit 1; }
lap "a trimmed consumer"
if command -v clang >/dev/null && [ -e /usr/include/zlib.h ]; then
    dotnet publish -c Release -p:OrkestraVersion="$version" -p:PublishAot=true -o "$work/native" --nologo -v q
    [ "$("$work/native/Consumer")" = 'TRIMMED: 42' ] || { echo "The Native AOT consumer does not run."; exit 1; }
    lap "a Native AOT consumer"
else
    echo "skip: a Native AOT consumer (clang or zlib's headers are missing)"
fi
cd "$work/Shop"
"$work/tools/orkestra" template Shop -o "$work/template"
lap "orkestra template"
if command -v cfn-lint >/dev/null; then
    cfn-lint -- "$work/template/template.json"
    lap "cfn-lint of the template"
else
    echo "skip: cfn-lint of the template (it is not on the PATH)"
fi
if command -v node >/dev/null; then
    CDK_OUTDIR=$work/cdk dotnet run --project Shop.Cdk
    lap "synthesize"
    if command -v cfn-lint >/dev/null; then
        cfn-lint -i W3005 -- "$work"/cdk/*.template.json
        lap "cfn-lint"
    else
        echo "skip: cfn-lint (it is not on the PATH)"
    fi
else
    echo "skip: synthesize (CDK needs Node.js, which is not installed)"
fi
