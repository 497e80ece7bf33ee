using Orkestra.Asl;
using Orkestra.Validation;

namespace Orkestra.Cdk;

/// <summary>Checks documents before they are deployed.</summary>
internal static class Documents
{
    /// <summary>Refuses a document that the service would refuse.</summary>
    public static void Check(string text, string owner, bool express)
    {
        var result = StateMachineValidator.Validate(text, new ValidationOptions { Type = express ? StateMachineType.Express : StateMachineType.Standard });
        if (!result.IsValid)
            throw new SynthesisException($"Step Functions would refuse the state machine of {owner}: {string.Join("; ", result.Diagnostics.Where(problem => problem.IsError))}.");
    }

    /// <summary>Whether a state, or one inside it, is a distributed map, which starts executions of its own.</summary>
    public static bool IsDistributed(State state) => state switch
    {
        MapState { ItemProcessor: { } processor } => processor.ProcessorConfig?.Mode == "DISTRIBUTED" || processor.States.Values.Any(IsDistributed),
        ParallelState parallel => parallel.Branches.Any(branch => branch.States.Values.Any(IsDistributed)),
        _ => false,
    };
}
