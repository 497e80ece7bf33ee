using System.Diagnostics;
using System.Text.Json;

namespace Orkestra.Cdk.Benchmarks;

/// <summary>
/// The CDK app of HelloOrkestra beside <c>orkestra template</c> of the same workflow: whole processes, turn by turn, both built already. Both take a program that is published before, start it to ask what it holds,
/// and copy (CDK) or pack (template) it.
/// </summary>
internal static class TemplateTimes
{
    static readonly string Bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
    static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static int Run(int turns, string? published)
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-template-");
        var project = Path.GetFullPath(Path.Combine(Bin, "..", "..", "samples", "HelloOrkestra"));
        var program = published ?? Path.Combine(folder.FullName, "published");
        if (published is null)
            Start("dotnet", ["publish", project, "-c", "Release", "-p:OrkestraLambda=true", "-p:PublishAot=false", "--self-contained", "false", "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "-o", program], _ => { });
        var (cdk, template) = (new List<double>(), new List<double>());
        for (var turn = 0; turn <= turns; turn++)
        {
            var synthesised = Measure("HelloOrkestra.Cdk", [], start =>
            {
                start.Environment["CDK_OUTDIR"] = Path.Combine(folder.FullName, "cdk");
                start.Environment["CDK_CONTEXT_JSON"] = JsonSerializer.Serialize(new Dictionary<string, string> { ["orkestra:functions"] = program });
                start.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20";
            });
            var written = Measure(
                "Orkestra.Cli", ["template", project, "--no-build", "--functions", program, "--schedule", "HelloOrkestra=rate(5 minutes)", "-o", Path.Combine(folder.FullName, "template")], _ => { });
            // The first turn unpacks CDK and warms the disk.
            if (turn == 0) continue;
            cdk.Add(synthesised);
            template.Add(written);
        }

        string[] same = [.. new[] { Path.Combine("cdk", "HelloOrkestra.template.json"), Path.Combine("template", "template.json") }.Select(file => Resources(Path.Combine(folder.FullName, file))).Distinct()];
        folder.Delete(recursive: true);
        if (same.Length != 1) throw new InvalidOperationException($"The templates do not have the same resources: {string.Join(" and ", same)}.");
        var ratio = template.Zip(cdk, (own, other) => own / other).Order().ElementAt(turns / 2);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "template", turns, cdk_ms = Math.Round(Median(cdk)), template_ms = Math.Round(Median(template)), ratio = Math.Round(ratio, 3), resources = same[0],
        }));
        return 0;
    }

    static double Measure(string program, string[] arguments, Action<ProcessStartInfo> configure) =>
        Start("dotnet", ["exec", Path.Combine(Bin, program, Configuration, program + ".dll"), .. arguments], configure);

    static double Start(string program, string[] arguments, Action<ProcessStartInfo> configure)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        configure(start);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static string Resources(string file)
    {
        using var template = JsonDocument.Parse(File.ReadAllText(file));
        return string.Join(", ", template.RootElement.GetProperty("Resources").EnumerateObject().GroupBy(resource => resource.Value.GetProperty("Type").GetString()).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
    }
}
