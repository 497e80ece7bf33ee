using System.Runtime.CompilerServices;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Functions;

/// <summary>Makes the activity of a step that workers do, one in a scope however often the step is used there.</summary>
internal static class ActivityMaker
{
    static readonly ConditionalWeakTable<Construct, Dictionary<string, (IStep Step, Activity Activity)>> Made = [];

    public static Activity Make(Construct scope, IStep step, string? workflow)
    {
        var function = step.FunctionName;
        var made = Made.GetOrCreateValue(scope);
        if (made.TryGetValue(function, out var there))
        {
            return there.Step.SameFunctionAs(step) ? there.Activity : throw new SynthesisException(
                $"Two different steps named '{step.Name}' are in the scope {scope.Node.Path}: give one of them another Name, or another scope.");
        }

        var activity = new Activity(scope, function + "Activity", new ActivityProps { ActivityName = workflow is null ? function : $"{workflow}-{function}" });
        made.Add(function, (step, activity));
        return activity;
    }

    /// <summary>What the placeholders of an activity's ARN stand for.</summary>
    public static void AddPlaceholders(Dictionary<string, string> substitutions)
    {
        substitutions[WorkflowDefinition.ActivityRegion] = Amazon.CDK.Aws.REGION;
        substitutions[WorkflowDefinition.ActivityAccount] = Amazon.CDK.Aws.ACCOUNT_ID;
    }
}
