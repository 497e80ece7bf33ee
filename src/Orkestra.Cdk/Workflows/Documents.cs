using Orkestra.Asl;

namespace Orkestra.Cdk.Workflows;

/// <summary>What is asked of a document before it is deployed.</summary>
internal static class Documents
{
    /// <summary>Refuses a document that the service would refuse.</summary>
    public static void Check(string text, string owner, bool express)
    {
        _ = express;
        var problems = AslReader.Read(text).Diagnostics.Where(problem => problem.IsError).ToArray();
        if (problems.Length > 0)
            throw new SynthesisException($"Step Functions would refuse the state machine of {owner}: {string.Join("; ", problems.Select(problem => problem.ToString()))}.");
    }

    /// <summary>Whether a state, or one inside it, is a distributed map, which starts executions of its own.</summary>
    public static bool IsDistributed(State state) => state switch
    {
        MapState { ItemProcessor: { } processor } => processor.ProcessorConfig?.Mode == "DISTRIBUTED" || processor.States.Values.Any(IsDistributed),
        ParallelState parallel => parallel.Branches.Any(branch => branch.States.Values.Any(IsDistributed)),
        _ => false,
    };
}
