using Amazon.CDK;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Cdk.Functions;
using Timeout = Amazon.CDK.AWS.StepFunctions.Timeout;

namespace Orkestra.Cdk.Composition;

/// <summary>Makes the task of a step in a chain.</summary>
internal static class StepTasks
{
    public static StepTask Make(Construct scope, IStep step, StepTaskProps props)
    {
        if (step.Host == StepHost.Worker)
            throw new SynthesisException($"The step '{step.Name}' runs in a worker, and a Task calls a function: compose the step itself with >>, or remove Host = StepHost.Worker.");
        var function = FunctionMaker.Make(scope, step, props.Function);
        var task = StructCopy.Fill(props, new LambdaInvokeProps
        {
            LambdaFunction = props.Versions ? function.CurrentVersion : function,
            Comment = props.Comment ?? step.Description,
        });
        if (props is { OutputPath: null, ResultPath: null, ResultSelector: null }) task.OutputPath = "$.Payload";
#pragma warning disable CS0618 // A user may still set the older properties.
        if (props is { TaskTimeout: null, Timeout: null } && step.Timeout is { } timeout) task.TaskTimeout = Seconds(timeout);
        if (props is { HeartbeatTimeout: null, Heartbeat: null } && step.Heartbeat is { } heartbeat) task.HeartbeatTimeout = Seconds(heartbeat);
#pragma warning restore CS0618
        var state = new StepTask(scope, props.Id ?? Ids.Free(scope, step.Name), task, props.Versions ? FunctionMaker.MayCall(function, versions: true) : null);
        if (step.Retry is { } retry) state.AddRetry(Retries(retry));
        return state;
    }

    static Timeout Seconds(TimeSpan time) => Timeout.Duration(Duration.Seconds(time.TotalSeconds));

    static RetryProps Retries(RetryPolicy policy) => new()
    {
        Errors = [.. policy.Errors],
        Interval = Duration.Seconds(policy.Interval.TotalSeconds),
        MaxAttempts = policy.MaxAttempts,
        BackoffRate = policy.BackoffRate,
        MaxDelay = policy.MaxDelay is { } delay ? Duration.Seconds(delay.TotalSeconds) : null,
        JitterStrategy = policy.Jitter == Authoring.JitterStrategy.Full ? JitterType.FULL : null,
    };
}
