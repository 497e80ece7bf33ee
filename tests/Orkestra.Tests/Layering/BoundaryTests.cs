using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Layering;

/// <summary>The boundaries inside the engine and between it and the runtime, at the level of full namespaces, read from the compiled assembly.</summary>
public sealed class BoundaryTests
{
    // The one type that makes commands from frames: what it gives away is plain data.
    const string CommandQueue = "Orkestra.Engine.Commands.CommandQueue";

    // What Hosting uses of the inside of the engine, type by type.
    static readonly Dictionary<string, string> AllowedOfRuns = new()
    {
        ["Orkestra.Hosting.ExecutionSnapshot Orkestra.Engine.Runs.MapRun"] = "A snapshot describes the Map Runs of its execution.",
        ["Orkestra.Hosting.ExecutionSnapshot Orkestra.Engine.Nodes.DistributedMap"] = "A snapshot knows the item processor of a Map Run, which a stored child runs.",
        ["Orkestra.Hosting.TaskInvocation Orkestra.Engine.Runs.TaskRuns"] = "A token follows from seed and task id by a function without state.",
        ["Orkestra.Hosting.Running.ExecutionPump Orkestra.Engine.Runs.TaskRuns"] = "After a replay the open tokens are registered again.",
        ["Orkestra.Hosting.ExecutionSnapshot Orkestra.Engine.Runs.Redrive"] = "A snapshot says why an execution cannot be redriven.",
    };

    static readonly string[] Inside = ["Orkestra.Engine.Runs.", "Orkestra.Engine.Nodes.", "Orkestra.Engine.DataFlow.", "Orkestra.Engine.Planning."];

    static readonly (string From, string To)[] Uses = ReadUses();

    [Fact]
    public void Signals_and_commands_know_nothing_of_frames_and_nodes() => Wrong(
        use => (Is(use.From, "Orkestra.Engine.Signals.") || (Is(use.From, "Orkestra.Engine.Commands.") && use.From != CommandQueue))
            && (Is(use.To, "Orkestra.Engine.Runs.") || Is(use.To, "Orkestra.Engine.Nodes."))).ShouldBeEmpty();

    [Fact]
    public void Hosting_uses_the_inside_of_the_engine_only_where_it_may() => Wrong(
        use => Is(use.From, "Orkestra.Hosting.")
            // TestState watches the states of an execution, and replaces the branches and iterations of the tested one.
            && !Is(use.From, "Orkestra.Hosting.TestState.")
            && Inside.Any(inside => Is(use.To, inside))
            && !AllowedOfRuns.ContainsKey($"{use.From} {use.To}")).ShouldBeEmpty();

    [Fact]
    public void Storage_knows_nothing_of_running() => Wrong(
        use => Is(use.From, "Orkestra.Hosting.Storage.") && Is(use.To, "Orkestra.Hosting.Running.")).ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_needed() =>
        AllowedOfRuns.Keys.Where(allowed => !Uses.Any(use => $"{use.From} {use.To}" == allowed)).ShouldBeEmpty();

    [Fact]
    public void The_reader_sees_the_uses_that_are_there() => Uses.ShouldContain((CommandQueue, "Orkestra.Engine.Runs.Frame"));

    static bool Is(string type, string prefix) => type.StartsWith(prefix, StringComparison.Ordinal);

    static string[] Wrong(Func<(string From, string To), bool> isWrong) => [.. Uses.Where(isWrong).Select(use => $"{use.From} knows {use.To}").Distinct()];

    static (string From, string To)[] ReadUses()
    {
        using var assembly = new AssemblyReader(typeof(Workflow).Assembly.Location);
        return [.. assembly.TypeUses().Distinct()];
    }
}
