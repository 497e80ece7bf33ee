using System.Diagnostics;
using System.Text.Json;
using Amazon.CDK;
using Orkestra.Cdk;
using Orkestra.Cdk.Benchmarks;

// Synth of HelloOrkestra beside a plain CDK app with the same resources: whole processes, turn by turn. The ratio is the median of the turns' own ratios, so that what
// else the machine does meanwhile, which mostly lasts longer than a turn, counts for both.
//   dotnet run -c Release --project bench/Orkestra.Cdk.Benchmarks [-- turns]
//   dotnet run -c Release --project bench/Orkestra.Cdk.Benchmarks -- template [turns [published folder]]     beside 'orkestra template' instead
const int defaultTurns = 9;
if (args is ["template", ..]) return TemplateTimes.Run(args is [_, var asked, ..] ? int.Parse(asked, System.Globalization.CultureInfo.InvariantCulture) : defaultTurns, args.ElementAtOrDefault(2));
if (args is ["synth", var kind, var program, var outdir]) return Synth(kind, program, outdir);

var turns = args is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : defaultTurns;
var folder = Directory.CreateTempSubdirectory("orkestra-synth-");
var published = folder.CreateSubdirectory("published").FullName;
File.WriteAllText(Path.Combine(published, "HelloOrkestra.runtimeconfig.json"), "{}");
File.WriteAllText(Path.Combine(published, "HelloOrkestra.dll"), "");
var times = new Dictionary<string, List<double>> { ["plain"] = [], ["orkestra"] = [] };
for (var turn = 0; turn <= turns; turn++)
{
    // Who is first changes, as the first may leave the second warm files.
    foreach (var (app, measured) in turn % 2 == 0 ? times.AsEnumerable() : times.Reverse())
    {
        var milliseconds = Measure(app);
        // The first turn unpacks CDK and warms the disk.
        if (turn > 0) measured.Add(milliseconds);
    }
}

string[] same = [.. times.Keys.Select(Resources).Distinct()];
if (same.Length != 1) throw new InvalidOperationException($"The apps do not have the same resources: {string.Join(" and ", same)}.");
var ratios = times["orkestra"].Zip(times["plain"], (own, plain) => own / plain).ToList();
Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "cdk-synth", turns, plain_ms = Math.Round(Median(times["plain"])), orkestra_ms = Math.Round(Median(times["orkestra"])), ratio = Math.Round(Median(ratios), 3), resources = same[0] }));
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
