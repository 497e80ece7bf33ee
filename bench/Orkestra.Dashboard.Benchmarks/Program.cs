using Orkestra.Dashboard.Benchmarks;

// What is measured of the dashboard, in a browser. Prints a line of JSON for each figure, with its target.
await using var browser = await MeasuredBrowser.StartAsync();
if (browser is null)
{
    await Console.Error.WriteLineAsync("There is no chromium here. Install it (apt-get install chromium), or name it in ORKESTRA_CHROMIUM.");
    return 2;
}

var parts = new Dictionary<string, Func<MeasuredBrowser, Task>>(StringComparer.Ordinal)
{
    ["grid"] = GridBenchmark.RunAsync,
    ["run"] = RunBenchmark.RunAsync,
    ["home"] = HomeBenchmark.RunAsync,
    ["live"] = LiveBenchmark.RunAsync,
};
if (args.FirstOrDefault(name => !parts.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"'{unknown}' is not measured. Usage: Orkestra.Dashboard.Benchmarks [{string.Join('|', parts.Keys)} …]");
    return 2;
}

foreach (var (name, run) in parts)
{
    if (args.Length == 0 || args.Contains(name)) await run(browser);
}

return 0;
