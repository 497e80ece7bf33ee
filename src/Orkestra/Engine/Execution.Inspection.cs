using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// A single state looked at from outside: its fields are evaluated one by one, and no state is entered.
internal sealed partial class Execution
{
    /// <summary>A Context Object given from outside; null for the execution's own.</summary>
    internal JsonObject? GivenContext { get; private set; }

    /// <summary>Makes the execution ready for its fields to be evaluated, as if it had just entered its first state.</summary>
    /// <param name="beginning">The execution's input, variables, seed and identity.</param>
    /// <param name="ticks">The time, UTC ticks.</param>
    /// <param name="context">The Context Object.</param>
    /// <returns>The frame at the first state.</returns>
    internal Frame Prepare(ExecutionStart beginning, long ticks, JsonObject context)
    {
        start = beginning;
        quotas = beginning.Quotas;
        now = StartedAt = ticks;
        random = new SeededRandom(beginning.Seed);
        GivenContext = context;
        root = Rent();
        root.Begin(plan.Root.Start, beginning.Input, beginning.Variables is { } variables ? VariableScope.Empty.With(variables) : VariableScope.Empty, last: 0);
        root.EnteredAt = ticks;
        return root;
    }
}
