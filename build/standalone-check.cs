#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Tries what build/standalone.cs made for this machine: serves, starts an execution, opens the dashboard, works on definitions, and installs the npm packages.
//   dotnet run build/standalone-check.cs -- FOLDER [PLATFORM [PREFIX…]]     PREFIX: what starts a program of another processor, such as qemu-aarch64-static -L /usr/aarch64-linux-gnu
//   dotnet run build/standalone-check.cs -- FOLDER --measure COUNT [ORKESTRA.CLI.DLL]
// The second prints how long 'orkestra local' takes from the start of the process until it answers a request, and its processor time until then, medians of COUNT starts; beside the .NET tool, in turns.
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

var folder = Path.GetFullPath(args[0]);
using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };
if (args is [_, "--measure", var count, ..])
{
    await MeasureAsync(int.Parse(count), [[ProgramOf(RuntimeInformation.RuntimeIdentifier)], .. args is [_, _, _, var tool] ? new[] { new[] { "dotnet", Path.GetFullPath(tool) } } : []]);
    return 0;
}

var identifier = args.ElementAtOrDefault(1) ?? RuntimeInformation.RuntimeIdentifier;
string[] orkestra = [.. args.Skip(2), ProgramOf(identifier)];
var place = Directory.CreateTempSubdirectory("orkestra-standalone-").FullName;
var checks = 0;
try
{
    await TryAsync();
    if (args.Length < 2) await TryPackagesAsync();
}
catch (CheckException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
finally
{
    Directory.Delete(place, recursive: true);
}

Console.WriteLine($"{checks} checks of {identifier} passed");
return 0;

async Task TryAsync()
{
    var definition = Path.Combine(place, "double.asl.json");
    File.WriteAllText(definition, """{"StartAt":"Double","QueryLanguage":"JSONata","States":{"Double":{"Type":"Pass","Output":"{% $states.input.n * 2 %}","Next":"Call"},"Call":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem","Arguments":{"TableName":"t","Key":{}},"End":true}}}""");
    var simple = Path.Combine(place, "simple.asl.json");
    File.WriteAllText(simple, """{"StartAt":"Double","QueryLanguage":"JSONata","States":{"Double":{"Type":"Pass","Output":"{% $states.input.n * 2 %}","End":true}}}""");
    var yaml = Path.Combine(place, "named.asl.yaml");
    File.WriteAllText(yaml, "StartAt: Hello\nStates:\n  Hello:\n    Type: Pass\n    End: true\n");
    var wrong = Path.Combine(place, "wrong.asl.json");
    File.WriteAllText(wrong, """{"StartAt":"Missing","States":{"Hello":{"Type":"Pass","End":true}}}""");
    await Expect(0, "0.", orkestra, "--version");
    await Expect(0, "", orkestra, "validate", definition);
    await Expect(1, "Missing", orkestra, "validate", wrong);
    await Expect(0, "sarif", orkestra, "validate", definition, "--format", "sarif");
    await Expect(0, "6", orkestra, "eval", "$sum($states.input)", "--input", "[1,2,3]");
    await Expect(0, "3", orkestra, "eval", "$.a[1]", "--input", """{"a":[1,3]}""", "--language", "jsonpath");
    await Expect(0, "42", orkestra, "test-state", definition, "--state", "Double", "--input", """{"n":21}""");
    await Expect(0, "42", orkestra, "run", simple, "--input", """{"n":21}""");
    await Expect(0, "Double", orkestra, "graph", definition);
    await Expect(0, "<svg", orkestra, "graph", definition, "--format", "svg");
    await Expect(0, "transitions", orkestra, "cost", definition);
    await Expect(2, "cannot be loaded: orkestra without .NET", orkestra, "local", "--port", "0", typeof(JsonNode).Assembly.Location);
    await TryAgentsAsync();

    var data = Path.Combine(place, "data");
    string arn;
    await using (var server = await ServeAsync(orkestra, "--data", data, simple, yaml))
    {
        arn = (string)(await CallAsync(server.Address, "StartExecution", new JsonObject { ["stateMachineArn"] = "arn:aws:states:us-east-1:123456789012:stateMachine:simple", ["name"] = "first", ["input"] = """{"n":21}""" }))["executionArn"]!;
        await EndsAsync(server.Address, arn, "42");
        foreach (var (page, holds) in ((string, string)[])[("/", "simple"), ("/runs", "first"), ($"/runs/{arn}", "Double"), ("/workflows/simple/graph", "svg"), ("/workflows/simple/start", "form"), ("/callbacks", "html"), ("/activities", "html"), ("/api/v1/runs", "first"), ("/health", "Healthy")])
            Check(await http.GetStringAsync(server.Address + page) is var text && text.Contains(holds, StringComparison.Ordinal), $"GET {page} does not hold '{holds}'.");
        var home = await http.GetStringAsync(server.Address + "/");
        foreach (var asset in home.Split('"').Where(part => part.StartsWith("/assets/", StringComparison.Ordinal)).Distinct())
            Check((await http.GetAsync(server.Address + asset)).StatusCode == HttpStatusCode.OK, $"GET {asset} is refused.");
        await Expect(0, "simple", orkestra, "list", "--endpoint", server.Address);
        await Expect(0, "Double", orkestra, "show", arn, "--endpoint", server.Address);
        await Expect(0, "ExecutionSucceeded", orkestra, "history", arn, "--endpoint", server.Address);
    }

    await using (var again = await ServeAsync(orkestra, "--data", data)) await EndsAsync(again.Address, arn, "42");
    await Expect(0, "", orkestra, "export", Path.Combine(place, "export.jsonl"), "--data", data);
}

// The Model Context Protocol: all tools are there, and one works.
async Task TryAgentsAsync()
{
    using var process = Begin([.. orkestra, "mcp", "--allow-changes"], redirectInput: true);
    async Task<JsonNode> AskAsync(int id, string method, JsonObject parameters)
    {
        await process.StandardInput.WriteLineAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters }.ToJsonString());
        return JsonNode.Parse(await Timed(process.StandardOutput.ReadLineAsync(), "an answer of orkestra mcp") ?? throw new CheckException($"orkestra mcp ended at {method}."))!;
    }

    await AskAsync(1, "initialize", new JsonObject { ["protocolVersion"] = "2025-06-18", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "check", ["version"] = "1" } });
    await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
    var tools = (await AskAsync(2, "tools/list", []))["result"]!["tools"]!.AsArray();
    // A tool is a method with an attribute in the sources; the trimmer keeps all of them.
    var sources = Path.Combine(Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!, "..", "src", "Orkestra.Cli", "Mcp");
    var written = Directory.GetFiles(sources, "*.cs").Sum(file => File.ReadAllText(file).Split("[McpServerTool(").Length - 1);
    Check(written > 0 && tools.Count == written, $"orkestra mcp has {tools.Count} tools; the sources have {written}.");
    var answer = await AskAsync(3, "tools/call", new JsonObject { ["name"] = "evaluate_expression", ["arguments"] = new JsonObject { ["expression"] = "$sum($states.input)", ["data"] = "[1,2,3]" } });
    Check(answer.ToJsonString().Contains('6', StringComparison.Ordinal) && (bool?)answer["result"]!["isError"] != true, $"evaluate_expression answers {answer.ToJsonString()}.");
    process.Kill(entireProcessTree: true);
    await process.WaitForExitAsync();
}

// The packages from the folder alone: npm asks no registry.
async Task TryPackagesAsync()
{
    var npm = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(path => Path.Combine(path, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")).FirstOrDefault(File.Exists);
    var packages = Directory.GetFiles(folder, "orkestra-*.tgz");
    if (npm is null || packages.Length == 0)
    {
        Console.WriteLine($"skip: the npm packages ({(npm is null ? "npm is not installed" : "they were not made")})");
        return;
    }

    var app = Directory.CreateDirectory(Path.Combine(place, "app")).FullName;
    File.WriteAllText(Path.Combine(app, "package.json"), """{"name":"app","version":"1.0.0","private":true}""");
    await Expect(0, "", [npm], ["install", "--offline", "--no-audit", "--no-fund", "--prefix", app, "--save-optional", .. packages]);
    string[] installed = [Path.Combine(app, "node_modules", ".bin", OperatingSystem.IsWindows() ? "orkestra.cmd" : "orkestra")];
    await Expect(0, "6", installed, "eval", "$sum($states.input)", "--input", "[1,2,3]");
    await Expect(2, "There is no command", installed, "nonsense", "--x");
    // The script passes signals on: with it, the server ends.
    var server = await ServeAsync(installed);
    Check((await http.GetAsync(server.Address + "/health")).IsSuccessStatusCode, "The server of the npm package does not answer.");
    await server.DisposeAsync();
    if (OperatingSystem.IsWindows()) return;
    var ended = false;
    for (var tries = 0; tries < 300 && !ended; tries++)
    {
        try
        {
            await http.GetAsync(server.Address + "/health");
            await Task.Delay(100);
        }
        catch (HttpRequestException)
        {
            ended = true;
        }
    }

    Check(ended, "The server goes on after the script of the npm package has ended.");
}

async Task MeasureAsync(int times, string[][] commands)
{
    var wall = commands.ToDictionary(command => command, _ => new List<double>());
    var work = commands.ToDictionary(command => command, _ => new List<double>());
    for (var i = 0; i <= times; i++)
    {
        foreach (var command in commands)
        {
            var started = Stopwatch.GetTimestamp();
            await using var server = await ServeAsync(command);
            (await http.GetAsync(server.Address + "/health")).EnsureSuccessStatusCode();
            // The first start reads the file from the disk, and unpacks SQLite.
            if (i == 0) continue;
            wall[command].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            server.Process.Refresh();
            work[command].Add(server.Process.TotalProcessorTime.TotalMilliseconds);
        }
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    foreach (var command in commands)
        Console.WriteLine($"{string.Join(' ', command)}: answers after {Median(wall[command]):0} ms ({wall[command].Min():0} to {wall[command].Max():0}), {Median(work[command]):0} ms of processor time");
    if (commands.Length > 1) Console.WriteLine($"ratio: {Median(wall[commands[0]]) / Median(wall[commands[1]]):0.00}, of processor time {Median(work[commands[0]]) / Median(work[commands[1]]):0.00}");
    Console.WriteLine($"size: {new FileInfo(commands[0][^1]).Length / 1e6:0.0} MB");
}

string ProgramOf(string platform)
{
    var file = Path.Combine(folder, platform, platform.StartsWith("win", StringComparison.Ordinal) ? "orkestra.exe" : "orkestra");
    if (File.Exists(file)) return file;
    Console.Error.WriteLine($"There is no {file}. Make it with 'dotnet run build/standalone.cs -- {folder} {platform}'.");
    Environment.Exit(1);
    return file;
}

async Task<Server> ServeAsync(string[] command, params string[] arguments)
{
    var process = Begin([.. command, "local", "--port", "0", "--json", .. arguments], redirectInput: false);
    var line = await Timed(process.StandardOutput.ReadLineAsync(), "orkestra local");
    if (line is null) throw new CheckException($"orkestra local ended: {await process.StandardError.ReadToEndAsync()}");
    return new Server(process, (string)JsonNode.Parse(line)!["endpoint"]!);
}

async Task<JsonNode> CallAsync(string address, string action, JsonObject request)
{
    using var message = new HttpRequestMessage(HttpMethod.Post, address + "/");
    message.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
    message.Content = new StringContent(request.ToJsonString(), Encoding.UTF8);
    message.Content.Headers.ContentType = new("application/x-amz-json-1.0");
    using var answer = await http.SendAsync(message);
    var text = await answer.Content.ReadAsStringAsync();
    return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new CheckException($"{action} is refused: {text}");
}

async Task EndsAsync(string address, string arn, string output)
{
    for (var tries = 0; tries < 1200; tries++)
    {
        var described = await CallAsync(address, "DescribeExecution", new JsonObject { ["executionArn"] = arn });
        if ((string)described["status"]! == "RUNNING")
        {
            await Task.Delay(100);
            continue;
        }

        Check((string?)described["output"] == output, $"The execution ends with {described.ToJsonString()}.");
        return;
    }

    throw new CheckException("The execution does not end.");
}

async Task Expect(int code, string holds, string[] command, params string[] arguments)
{
    using var process = Begin([.. command, .. arguments], redirectInput: false);
    var error = process.StandardError.ReadToEndAsync();
    var output = await Timed(process.StandardOutput.ReadToEndAsync(), string.Join(' ', arguments)) + await error;
    await process.WaitForExitAsync();
    Check(process.ExitCode == code && output.Contains(holds, StringComparison.OrdinalIgnoreCase), $"'orkestra {string.Join(' ', arguments)}' ends with {process.ExitCode} instead of {code}, or does not print '{holds}':\n{output}");
}

void Check(bool holds, string problem)
{
    if (!holds) throw new CheckException(problem);
    checks++;
}

static Process Begin(string[] command, bool redirectInput)
{
    var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = redirectInput };
    // No .NET may help: the program carries its own.
    if (command[0] != "dotnet") start.Environment["DOTNET_ROOT"] = "/nonexistent";
    return Process.Start(start)!;
}

static async Task<T> Timed<T>(Task<T> task, string what)
{
    try
    {
        return await task.WaitAsync(TimeSpan.FromMinutes(3));
    }
    catch (TimeoutException)
    {
        throw new CheckException($"No answer within three minutes: {what}");
    }
}

sealed class CheckException(string message) : Exception(message);

sealed class Server(Process process, string address) : IAsyncDisposable
{
    public Process Process => process;
    public string Address => address;

    public async ValueTask DisposeAsync()
    {
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else using (Process.Start("kill", ["-TERM", process.Id.ToString()])) { }
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        process.Dispose();
    }
}
