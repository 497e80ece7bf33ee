using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Parallel = Amazon.CDK.AWS.StepFunctions.Parallel;

namespace Orkestra.Cdk.Composition;

/// <summary>Lists and tuples of branches as Parallel states, named as authored ones are.</summary>
internal static class Branches
{
    const int LongestLabel = 60;

    public static Parallel List(Construct scope, params IReadOnlyList<ChainBranch> branches) => Make(scope, branches, branch => branch.In(scope));

    public static Parallel Tuple(Construct scope, params IReadOnlyList<ChainBranch> branches) => Make(scope, branches, branch => branch.CapturedIn(scope));

    static Parallel Make(Construct scope, IReadOnlyList<ChainBranch> branches, Func<ChainBranch, IChainable> states)
    {
        if (branches.Count == 0) throw new SynthesisException("A list of branches is empty: put at least one state between the brackets.");
        foreach (var branch in branches) ArgumentNullException.ThrowIfNull(branch);
        var label = string.Join(" + ", branches.Select(branch => branch.Label));
        if (label.Length > LongestLabel) label = $"{branches[0].Label} + {branches.Count - 1} more";
        return new Parallel(scope, Ids.Free(scope, label)).Branch([.. branches.Select(states)]);
    }
}
