using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Parallel = Amazon.CDK.AWS.StepFunctions.Parallel;

namespace Orkestra.Cdk.Composition;

/// <summary>Branches of tuples: errors become part of the output, in the same shape as <see cref="Outcome{T}"/>.</summary>
internal static class Captures
{
    public static IChainable Of(Construct scope, IFlow flow) => FlowChain.Of(scope, FlowDefinition.Compile(flow, capturesErrors: true));

    public static IChainable Of(Construct scope, IChainable states)
    {
        var name = states.StartState.StateId;
        var attempt = new Parallel(scope, Ids.Free(scope, $"Try {name}"), new ParallelProps
        {
            ResultSelector = new Dictionary<string, object> { ["Value.$"] = "$[0]" },
        });
        attempt.Branch(states);
        return attempt.AddCatch(new Pass(scope, Ids.Free(scope, $"{name} failed")));
    }
}
