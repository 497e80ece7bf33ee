using System.Security.Cryptography;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Running;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>
/// A folder of the recorded signal files: definitions (<c>*.asl.json</c>), and for each execution its signals (<c>*.signals.jsonl</c>), its history
/// (<c>*.history.jsonl</c>), and what it waited for after each signal (<c>*.states.jsonl</c>; the last line is its end). Version 1 has no states.
/// </summary>
sealed class RecordedFolder
{
    // Of a longer history the first lines are kept as they are, and all of it as a hash.
    const int KeptHistoryLines = 400;

    readonly string path;
    readonly ExecutionPlan[] plans;

    public RecordedFolder(string path)
    {
        this.path = path;
        plans = [.. Directory.GetFiles(path, "*.asl.json").Order(StringComparer.Ordinal).Select(file => ExecutionPlan.Compile(AslReader.Parse(File.ReadAllText(file))))];
    }

    /// <summary>Where the recorded files are: beside this source file, in the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The names of the executions in the folder.</summary>
    public IEnumerable<string> Executions => Directory.GetFiles(path, "*.signals.jsonl").Select(file => Path.GetFileName(file)[..^".signals.jsonl".Length]).Order(StringComparer.Ordinal);

    public string[] SignalLines(string execution) => File.ReadAllLines(FileOf(execution, "signals"));

    /// <summary>The plan of an execution: the definition it was started with, or the item processor of the one distributed Map in the folder.</summary>
    public ExecutionPlan PlanOf(ExecutionStart start)
    {
        if (start.Parent is not null) return plans.SelectMany(plan => plan.States).OfType<MapNode>().First(map => map.Distributed is not null).Distributed!.ChildPlan;
        return start.DefinitionHash is null ? plans.Single()
            : plans.FirstOrDefault(plan => plan.DefinitionHash == start.DefinitionHash)
            ?? throw new InvalidOperationException($"{path}: no definition has the hash {start.DefinitionHash}, but {string.Join(", ", plans.Select(plan => plan.DefinitionHash))}.");
    }

    /// <summary>Writes what is to be expected of an execution.</summary>
    public void Write(string execution, IReadOnlyList<string> signals, IReadOnlyList<string> history)
    {
        WriteLines(FileOf(execution, "signals"), signals);
        WriteLines(FileOf(execution, "history"), Shortened(history));
        WriteLines(FileOf(execution, "states"), StatesOf(Read(signals)));
    }

    /// <summary>Replays an execution as a whole and from every prefix.</summary>
    /// <returns>The first difference from what was recorded; null when there is none.</returns>
    public string? DifferenceOf(string execution)
    {
        var signals = Read(SignalLines(execution));
        var history = Shortened(HistoryOf(Replayed(signals)));
        if (Difference(FileOf(execution, "history"), history) is { } different) return different;
        var states = StatesOf(signals);
        return File.Exists(FileOf(execution, "states")) ? Difference(FileOf(execution, "states"), states) : null;
    }

    public Execution Replayed(IReadOnlyList<ExecutionSignal> signals)
    {
        var execution = new Execution(PlanOf(signals[0].Start!));
        Replay.Apply(execution, signals, dropsHistory: false);
        return execution;
    }

    public static string[] HistoryOf(Execution execution) => [.. new ExecutionHistory(execution.History.View()).Select(happened => happened.ToJson().ToJson())];

    public static ExecutionSignal[] Read(IEnumerable<string> lines) => [.. lines.Select(line => ExecutionSignal.Read(Encoding.UTF8.GetBytes(line)))];

    List<string> StatesOf(ExecutionSignal[] signals) => [.. Enumerable.Range(1, signals.Length).Select(count => RecordedState.Of(Replayed(signals[..count])).ToJson())];

    static string[] Shortened(IReadOnlyList<string> lines) => lines.Count <= KeptHistoryLines
        ? [.. lines]
        : [.. lines.Take(KeptHistoryLines),
            JsonObject.Create(("lines", lines.Count), ("sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))))).ToJson()];

    static string? Difference(string file, IReadOnlyList<string> actual)
    {
        var expected = File.ReadAllLines(file);
        for (var i = 0; i < Math.Max(expected.Length, actual.Count); i++)
        {
            var (was, now) = (expected.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (was != now) return $"{Path.GetRelativePath(Root, file)}, line {i + 1}:\n  recorded: {was ?? "nothing"}\n  replayed: {now ?? "nothing"}";
        }

        return null;
    }

    string FileOf(string execution, string what) => Path.Combine(path, $"{execution}.{what}.jsonl");

    static void WriteLines(string file, IEnumerable<string> lines) => File.WriteAllText(file, string.Concat(lines.Select(line => line + '\n')));

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) return Path.Combine(folder.FullName, "tests", "Orkestra.Engine.Tests", "Recorded");
        }

        throw new InvalidOperationException($"There is no Orkestra.slnx above '{AppContext.BaseDirectory}'. Run the tests from a build inside the repository.");
    }
}
