using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Validation;

namespace Orkestra.Deployment;

/// <summary>Checks documents before they are deployed.</summary>
internal static class Documents
{
    /// <summary>Refuses a document that the service would refuse.</summary>
    public static void Check(string text, string owner, bool express)
    {
        var result = StateMachineValidator.Validate(text, new ValidationOptions { Type = express ? StateMachineType.Express : StateMachineType.Standard });
        if (!result.IsValid)
            throw new DeploymentException($"Step Functions would refuse the state machine of {owner}: {string.Join("; ", result.Diagnostics.Where(problem => problem.IsError))}.");
        if (express) CheckExpressWaits(AslReader.Parse(text).States, owner);
    }

    // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
    const int LongestExpress = 300;

    static void CheckExpressWaits(IReadOnlyDictionary<string, State> states, string owner)
    {
        foreach (var (name, state) in states)
        {
            if (state is WaitState { Seconds: JsonNumber { Value: >= LongestExpress and var seconds } })
                throw new DeploymentException($"'{name}' of {owner} waits for {TimeSpan.FromSeconds(seconds):c}, but an Express execution ends after five minutes: deploy a Standard state machine, or wait for a shorter time.");
            foreach (var level in StateTransitions.InsideOf(state)) CheckExpressWaits(level.States, owner);
        }
    }

    /// <summary>Whether one of the states that start a state machine waits for it.</summary>
    public static bool WaitsFor(Orkestra.Asl.StateMachine document, string arn) => document.States.Values.Any(state => WaitsFor(state, arn));

    static bool WaitsFor(State state, string arn) => state switch
    {
        TaskState { Arguments: JsonObject arguments } task => arguments["StateMachineArn"] is JsonString { Value: var own } && own == arn && task.Resource!.EndsWith(".sync:2", StringComparison.Ordinal),
        MapState { ItemProcessor: { } processor } => processor.States.Values.Any(inner => WaitsFor(inner, arn)),
        ParallelState parallel => parallel.Branches.Any(branch => branch.States.Values.Any(inner => WaitsFor(inner, arn))),
        _ => false,
    };

    /// <summary>Whether a state, or one inside it, is a distributed map, which starts executions of its own.</summary>
    public static bool IsDistributed(State state) => state switch
    {
        MapState { ItemProcessor: { } processor } => processor.ProcessorConfig?.Mode == "DISTRIBUTED" || processor.States.Values.Any(IsDistributed),
        ParallelState parallel => parallel.Branches.Any(branch => branch.States.Values.Any(IsDistributed)),
        _ => false,
    };
}
