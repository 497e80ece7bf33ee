using System.Security.Cryptography;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine.Nodes;

namespace Orkestra.Engine;

/// <summary>
/// A compiled state machine: names resolved, paths and expressions compiled. Immutable; one plan serves any number of executions on any threads.
/// </summary>
public sealed class ExecutionPlan
{
    /// <summary>How many events an execution is expected to have before the first one has ended.</summary>
    const int FirstExpectation = 32;

    int expectedEvents;
    string? definitionHash;
    string? definition;

    internal ExecutionPlan(StateMachine machine, GraphNode root, StateNode[] states)
    {
        Machine = machine;
        Root = root;
        States = states;
    }

    /// <summary>The document.</summary>
    public StateMachine Machine { get; }

    /// <summary>
    /// The SHA-256 of the document in canonical form, as lower-case hexadecimal digits. Computed on first use. Executions that are stored remember it, so that they are
    /// only ever resumed with the definition they were started with.
    /// </summary>
    public string DefinitionHash => LazyInitializer.EnsureInitialized(ref definitionHash, () => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Definition))));

    /// <summary>The document in canonical form, written once: each execution that is stored names it.</summary>
    internal string Definition => LazyInitializer.EnsureInitialized(ref definition, () => AslWriter.Write(Machine, indented: false));

    internal GraphNode Root { get; }

    /// <summary>All states of all graphs, outer ones before inner ones.</summary>
    internal StateNode[] States { get; }

    internal long? TimeoutSeconds => Machine.TimeoutSeconds;

    /// <summary>How many events the last execution had: only a hint how much room the next one's history needs.</summary>
    internal int ExpectedEvents => expectedEvents == 0 ? FirstExpectation : expectedEvents;

    /// <summary>Compiles a document.</summary>
    /// <param name="machine">The document. It should have passed validation; what cannot run is refused here too.</param>
    /// <exception cref="InvalidStateMachineException">The document names a state that is not there, has an expression or a path that cannot be read, or lacks what it needs to run.</exception>
    public static ExecutionPlan Compile(StateMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return new Planning.PlanCompiler(machine).Compile();
    }

    internal void Remember(int events)
    {
        if (events > expectedEvents || events * 4 < expectedEvents) expectedEvents = events;
    }
}
