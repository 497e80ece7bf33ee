using Orkestra.Conformance;
using Orkestra.Conformance.Measured;

// Answers every case of a corpus: --data DIR --out FILE [--only PART-OF-A-FILE-NAME]
// or the measured cases of a folder: --cases DIR --out FOLDER [--only PART-OF-AN-ID]
string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
if (Option("--cases") is { } pool && Directory.Exists(pool) && Option("--out") is { } folder) return await MeasuredRunner.RunAsync(pool, folder, Option("--only") ?? "");
if (Option("--data") is not { } data || Option("--out") is not { } output)
{
    Console.Error.WriteLine("Usage: --data DIR --out FILE [--only PART]. DIR has the layout of the conformance data; FILE receives a line of JSON for each case. Or: --cases DIR --out FOLDER [--only PART], with one measured case a file.");
    return 2;
}

if (!Directory.Exists(data))
{
    Console.Error.WriteLine($"The data folder '{data}' does not exist.");
    return 2;
}

return await Runner.RunAsync(data, output, Option("--only") ?? "");
