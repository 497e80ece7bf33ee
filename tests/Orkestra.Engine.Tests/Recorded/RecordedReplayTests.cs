using Shouldly;
using Xunit;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>
/// Signal files that earlier builds wrote, replayed by this build. A difference means that executions which run today cannot go on after an update: do not record them
/// anew, but keep the old semantics for old executions. With ORKESTRA_RECORD=1 scenarios without files are recorded.
/// </summary>
public sealed class RecordedReplayTests
{
    public static TheoryData<string> Folders() =>
        [.. Directory.GetDirectories(RecordedFolder.Root, "v*").SelectMany(Directory.GetDirectories).Select(folder => Path.GetRelativePath(RecordedFolder.Root, folder).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_recorded_execution_replays(string folder)
    {
        var recorded = new RecordedFolder(Path.Combine(RecordedFolder.Root, folder));
        recorded.Executions.ShouldNotBeEmpty();
        foreach (var execution in recorded.Executions) recorded.DifferenceOf(execution).ShouldBeNull();
    }

    public static TheoryData<string> Scenarios() => [.. RecordedScenarios.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_is_recorded(string name)
    {
        var folder = Path.Combine(RecordedFolder.Root, "v2", name);
        if (Settings.Records && !Directory.Exists(folder)) await Recorder.RecordAsync(RecordedScenarios.All.Single(scenario => scenario.Name == name), folder);
        Directory.Exists(folder).ShouldBeTrue($"The scenario '{name}' has no recorded files. Run this test with ORKESTRA_RECORD=1 and commit the folder '{folder}'.");
    }

    [Fact]
    public void Every_kind_of_signal_is_recorded()
    {
        var kinds = Directory.GetFiles(Path.Combine(RecordedFolder.Root, "v2"), "*.signals.jsonl", SearchOption.AllDirectories)
            .SelectMany(file => RecordedFolder.Read(File.ReadAllLines(file))).Select(signal => signal.Kind).ToHashSet();
        Enum.GetValues<Signals.ExecutionSignalKind>().Where(kind => !kinds.Contains(kind)).ShouldBeEmpty();
    }
}
