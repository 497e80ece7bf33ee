namespace Orkestra.Engine;

/// <summary>
/// The type of a <see cref="HistoryEvent"/>, named as AWS names it
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html).
/// </summary>
public enum HistoryEventType
{
    /// <summary>The execution began.</summary>
    ExecutionStarted,

    /// <summary>The execution ended with an output.</summary>
    ExecutionSucceeded,

    /// <summary>The execution ended with an error.</summary>
    ExecutionFailed,

    /// <summary>The execution was stopped.</summary>
    ExecutionAborted,

    /// <summary>The execution took longer than the machine's <c>TimeoutSeconds</c>.</summary>
    ExecutionTimedOut,

    /// <summary>The execution was started again from where it failed.</summary>
    ExecutionRedriven,

    /// <summary>A Pass state began.</summary>
    PassStateEntered,

    /// <summary>A Pass state ended.</summary>
    PassStateExited,

    /// <summary>A Task state began.</summary>
    TaskStateEntered,

    /// <summary>A Task state ended.</summary>
    TaskStateExited,

    /// <summary>A Task state was given up because what contains it ended.</summary>
    TaskStateAborted,

    /// <summary>A Choice state began.</summary>
    ChoiceStateEntered,

    /// <summary>A Choice state ended.</summary>
    ChoiceStateExited,

    /// <summary>A Wait state began.</summary>
    WaitStateEntered,

    /// <summary>A Wait state ended.</summary>
    WaitStateExited,

    /// <summary>A Wait state was given up because what contains it ended.</summary>
    WaitStateAborted,

    /// <summary>A Succeed state began.</summary>
    SucceedStateEntered,

    /// <summary>A Succeed state ended.</summary>
    SucceedStateExited,

    /// <summary>A Fail state began.</summary>
    FailStateEntered,

    /// <summary>A Parallel state began.</summary>
    ParallelStateEntered,

    /// <summary>The branches of a Parallel state began.</summary>
    ParallelStateStarted,

    /// <summary>All branches of a Parallel state succeeded.</summary>
    ParallelStateSucceeded,

    /// <summary>A branch of a Parallel state failed.</summary>
    ParallelStateFailed,

    /// <summary>A Parallel state was given up because what contains it ended.</summary>
    ParallelStateAborted,

    /// <summary>A Parallel state ended.</summary>
    ParallelStateExited,

    /// <summary>A Map state began.</summary>
    MapStateEntered,

    /// <summary>The iterations of a Map state began.</summary>
    MapStateStarted,

    /// <summary>All iterations of a Map state succeeded.</summary>
    MapStateSucceeded,

    /// <summary>An iteration of a Map state failed.</summary>
    MapStateFailed,

    /// <summary>A Map state was given up because what contains it ended.</summary>
    MapStateAborted,

    /// <summary>A Map state ended.</summary>
    MapStateExited,

    /// <summary>An iteration began.</summary>
    MapIterationStarted,

    /// <summary>An iteration succeeded.</summary>
    MapIterationSucceeded,

    /// <summary>An iteration failed.</summary>
    MapIterationFailed,

    /// <summary>An iteration was given up because another failed.</summary>
    MapIterationAborted,

    /// <summary>The Map Run of a distributed Map began.</summary>
    MapRunStarted,

    /// <summary>A Map Run succeeded.</summary>
    MapRunSucceeded,

    /// <summary>A Map Run failed.</summary>
    MapRunFailed,

    /// <summary>A Map Run was stopped.</summary>
    MapRunAborted,

    /// <summary>A Map Run was started again.</summary>
    MapRunRedriven,

    /// <summary>An expression of a state could not be evaluated.</summary>
    EvaluationFailed,

    /// <summary>A Lambda function named by its ARN is to be called.</summary>
    LambdaFunctionScheduled,

    /// <summary>The call of a Lambda function could not be prepared.</summary>
    LambdaFunctionScheduleFailed,

    /// <summary>A Lambda function was called.</summary>
    LambdaFunctionStarted,

    /// <summary>A Lambda function could not be called.</summary>
    LambdaFunctionStartFailed,

    /// <summary>A Lambda function returned.</summary>
    LambdaFunctionSucceeded,

    /// <summary>A Lambda function failed.</summary>
    LambdaFunctionFailed,

    /// <summary>A Lambda function did not return in time.</summary>
    LambdaFunctionTimedOut,

    /// <summary>An activity waits for a worker.</summary>
    ActivityScheduled,

    /// <summary>An activity could not be offered to workers.</summary>
    ActivityScheduleFailed,

    /// <summary>A worker took an activity.</summary>
    ActivityStarted,

    /// <summary>A worker completed an activity.</summary>
    ActivitySucceeded,

    /// <summary>A worker reported an activity's failure.</summary>
    ActivityFailed,

    /// <summary>An activity was not completed in time.</summary>
    ActivityTimedOut,

    /// <summary>A service integration is to be called.</summary>
    TaskScheduled,

    /// <summary>A service integration was called.</summary>
    TaskStarted,

    /// <summary>A service integration could not be called.</summary>
    TaskStartFailed,

    /// <summary>A service took a request whose end is awaited.</summary>
    TaskSubmitted,

    /// <summary>A service refused a request whose end was to be awaited.</summary>
    TaskSubmitFailed,

    /// <summary>A service integration answered, or the awaited work ended.</summary>
    TaskSucceeded,

    /// <summary>A service integration failed.</summary>
    TaskFailed,

    /// <summary>A service integration did not answer in time.</summary>
    TaskTimedOut,
}
