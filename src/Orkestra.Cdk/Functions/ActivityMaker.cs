using System.Runtime.CompilerServices;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Functions;

/// <summary>Makes the activity of a step that workers do, one in a scope however often the step is used there.</summary>
internal static class ActivityMaker
{
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html
    const int LongestName = 80;

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

        var name = workflow is null ? function : $"{workflow}-{function}";
        if (name.Length > LongestName)
            throw new SynthesisException($"The activity of step '{step.Name}' would have the name '{name}', which is longer than {LongestName} characters: give the step or the workflow a shorter Name.");
        UniqueNames.Take(scope, "activities", name, scope.Node.Path, "a worker takes the work of one activity, so deploy the workflow once, or override its Name in one of them");
        var activity = new Activity(scope, function + "Activity", new ActivityProps { ActivityName = name });
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
