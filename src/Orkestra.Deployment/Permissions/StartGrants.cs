namespace Orkestra.Deployment.Permissions;

/// <summary>What a state machine is allowed so that it can start another one, or itself (https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html#sync-async-iam-policies).</summary>
internal static class StartGrants
{
    /// <summary>The grants for one state machine.</summary>
    /// <param name="scope">Where the state machines are deployed.</param>
    /// <param name="arn">The ARN of the state machine to start: a reference.</param>
    /// <param name="waits">Whether the execution is awaited, and stopped with the one that started it.</param>
    public static IEnumerable<Grant> Of(IArnScope scope, string arn, bool waits)
    {
        yield return new Grant(["states:StartExecution"], [arn]);
        if (!waits) yield break;
        yield return new Grant(["states:DescribeExecution", "states:StopExecution"], [scope.Format("states", $"execution:{scope.Part(arn, ':', ResourceArns.NameInArn)}:*")]);
        // The service waits through a rule of its own.
        yield return new Grant(["events:PutTargets", "events:PutRule", "events:DescribeRule"], [scope.Format("events", "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule")]);
    }
}
