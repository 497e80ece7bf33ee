using System.Diagnostics;
using System.Text.Json;
using Amazon.CDK;
using Orkestra.Cdk;
using Orkestra.Cdk.Benchmarks;

// Synth of HelloOrkestra beside a plain CDK app with the same resources: whole processes, turn by turn, medians of their wall times.
//   dotnet run -c Release --project bench/Orkestra.Cdk.Benchmarks [-- turns]
const int defaultTurns = 9;
if (args is ["synth", var kind, var program, var outdir]) return Synth(kind, program, outdir);

var turns = args is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : defaultTurns;
var folder = Directory.CreateTempSubdirectory("orkestra-synth-");
var published = folder.CreateSubdirectory("published").FullName;
File.WriteAllText(Path.Combine(published, "HelloOrkestra.runtimeconfig.json"), "{}");
File.WriteAllText(Path.Combine(published, "HelloOrkestra.dll"), "");
var times = new Dictionary<string, List<double>> { ["plain"] = [], ["orkestra"] = [] };
for (var turn = 0; turn <= turns; turn++)
{
    foreach (var (app, measured) in times)
    {
        var milliseconds = Measure(app);
        // The first turn unpacks CDK and warms the disk.
        if (turn > 0) measured.Add(milliseconds);
    }
}

string[] same = [.. times.Keys.Select(Resources).Distinct()];
if (same.Length != 1) throw new InvalidOperationException($"The apps do not have the same resources: {string.Join(" and ", same)}.");
var plain = Median(times["plain"]);
var own = Median(times["orkestra"]);
Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "cdk-synth", turns, plain_ms = Math.Round(plain), orkestra_ms = Math.Round(own), ratio = Math.Round(own / plain, 3), resources = same[0] }));
folder.Delete(recursive: true);
return 0;

double Measure(string app)
{
    var start = new ProcessStartInfo(System.Environment.ProcessPath!, ["synth", app, published, Path.Combine(folder.FullName, app)]);
    start.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20";
    var clock = Stopwatch.StartNew();
    using var process = Process.Start(start)!;
    process.WaitForExit();
    return process.ExitCode == 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"The synth of {app} failed.");
}

string Resources(string app)
{
    using var template = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, app, "HelloOrkestra.template.json")));
    return string.Join(", ", template.RootElement.GetProperty("Resources").EnumerateObject().GroupBy(resource => resource.Value.GetProperty("Type").GetString()).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static int Synth(string kind, string program, string outdir)
{
    var app = new App(new AppProps { Outdir = outdir });
    if (kind == "plain")
    {
        _ = new PlainStack(app, "HelloOrkestra", program, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "HelloOrkestra.asl.json")));
    }
    else
    {
        app.UseFunctions(new FunctionPackage(program));
        _ = new HelloOrkestraStack(app, "HelloOrkestra");
    }

    app.Synth();
    return 0;
}
