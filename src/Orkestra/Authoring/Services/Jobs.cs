using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Runs jobs of other services, waits until they have ended, and fails with <c>States.TaskFailed</c> if they did. Give them a <c>Timeout</c>: a job may run for a year. Further parameters are an
/// anonymous object whose members are named as written, as the service's API has them in PascalCase.
/// </summary>
public static class Jobs
{
    /// <summary>Runs a task of Amazon ECS or AWS Fargate (https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html).</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <param name="cluster">The cluster's ARN or name, or a placeholder such as <c>${Cluster}</c>.</param>
    /// <param name="taskDefinition">The task definition's ARN, or its family and revision, or a placeholder.</param>
    /// <param name="further">
    /// A C# expression for further parameters: <c>order => new { LaunchType = "FARGATE", NetworkConfiguration = new { … }, Overrides = new { … } }</c>; none when null.
    /// </param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="further"/> is not an anonymous object.</exception>
    public static ServiceStep<TIn, EcsTask> RunEcsTask<TIn>(string cluster, string taskDefinition, Expression<Func<TIn, object>>? further = null, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(cluster);
        ArgumentException.ThrowIfNullOrEmpty(taskDefinition);
        var arguments = ServiceArguments.Over<TIn>().With("Cluster", cluster).With("TaskDefinition", taskDefinition).WithAll(further, nameof(further));
        return Aws.Make<TIn, EcsTask>("ecs:runTask.sync", arguments, name, namesAsWritten: true);
    }

    /// <summary>Runs a job of AWS Batch (https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html).</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <param name="jobName">The job's name.</param>
    /// <param name="jobQueue">The queue's ARN or name, or a placeholder such as <c>${JobQueue}</c>.</param>
    /// <param name="jobDefinition">The job definition's ARN, or its name and revision, or a placeholder.</param>
    /// <param name="further">A C# expression for further parameters: <c>order => new { Parameters = new { … }, ContainerOverrides = new { … } }</c>; none when null.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="further"/> is not an anonymous object.</exception>
    public static ServiceStep<TIn, BatchJob> RunBatchJob<TIn>(
        string jobName, string jobQueue, string jobDefinition, Expression<Func<TIn, object>>? further = null, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        ArgumentException.ThrowIfNullOrEmpty(jobQueue);
        ArgumentException.ThrowIfNullOrEmpty(jobDefinition);
        var arguments = ServiceArguments.Over<TIn>().With("JobName", jobName).With("JobQueue", jobQueue).With("JobDefinition", jobDefinition).WithAll(further, nameof(further));
        return Aws.Make<TIn, BatchJob>("batch:submitJob.sync", arguments, name, namesAsWritten: true);
    }

    /// <summary>Runs a job of AWS Glue (https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html).</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <param name="jobName">The job's name, or a placeholder such as <c>${CleanJob}</c>.</param>
    /// <param name="arguments">A C# expression for the job's arguments: <c>day => new Dictionary&lt;string, string&gt; { { "--day", day.Date } }</c>; none when null.</param>
    /// <param name="further">A C# expression for further parameters: <c>day => new { WorkerType = "G.1X", NumberOfWorkers = 4 }</c>; none when null.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="further"/> is not an anonymous object.</exception>
    public static ServiceStep<TIn, GlueJobRun> RunGlueJob<TIn>(
        string jobName, Expression<Func<TIn, Dictionary<string, string>>>? arguments = null, Expression<Func<TIn, object>>? further = null, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(jobName);
        var all = ServiceArguments.Over<TIn>().With("JobName", jobName).With("Arguments", arguments).WithAll(further, nameof(further));
        return Aws.Make<TIn, GlueJobRun>("glue:startJobRun.sync", all, name, namesAsWritten: true);
    }

    /// <summary>Runs a query of Amazon Athena (https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html). Its rows are in the object that it wrote.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <param name="query">A C# expression for the SQL. Values belong into <c>ExecutionParameters</c>, not into the text.</param>
    /// <param name="workGroup">The workgroup's name, or a placeholder; <c>primary</c> when null.</param>
    /// <param name="further">
    /// A C# expression for further parameters: <c>day => new { ExecutionParameters = new[] { day.Date }, ResultConfiguration = new { OutputLocation = "s3://results/daily/" } }</c>; none when null.
    /// </param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="further"/> is not an anonymous object.</exception>
    public static ServiceStep<TIn, AthenaQuery> RunAthenaQuery<TIn>(
        Expression<Func<TIn, string>> query, string? workGroup = null, Expression<Func<TIn, object>>? further = null, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(query);
        var arguments = ServiceArguments.Over<TIn>().With("QueryString", query).With("WorkGroup", workGroup).WithAll(further, nameof(further));
        return Aws.Make<TIn, JsonElement>("athena:startQueryExecution.sync", arguments, name, namesAsWritten: true)
            .Giving(static answer => ServiceText.As<AthenaQuery>(answer.GetProperty("QueryExecution")));
    }
}

/// <summary>A task of Amazon ECS that has ended.</summary>
/// <param name="TaskArn">Its ARN.</param>
/// <param name="LastStatus">Its status, <c>STOPPED</c>.</param>
/// <param name="StoppedReason">Why it ended; null when ECS does not say.</param>
/// <param name="Containers">Its containers.</param>
public sealed record EcsTask(
    [property: JsonPropertyName("TaskArn")] string TaskArn,
    [property: JsonPropertyName("LastStatus")] string? LastStatus = null,
    [property: JsonPropertyName("StoppedReason")] string? StoppedReason = null,
    [property: JsonPropertyName("Containers")] IReadOnlyList<EcsContainer>? Containers = null);

/// <summary>A container of an <see cref="EcsTask"/>.</summary>
/// <param name="Name">Its name in the task definition.</param>
/// <param name="ExitCode">What it exited with; null when it did not exit by itself.</param>
/// <param name="Reason">What else is known about its end; null for nothing.</param>
public sealed record EcsContainer(
    [property: JsonPropertyName("Name")] string Name,
    [property: JsonPropertyName("ExitCode")] int? ExitCode = null,
    [property: JsonPropertyName("Reason")] string? Reason = null);

/// <summary>A job of AWS Batch that has ended.</summary>
/// <param name="JobId">Its identifier.</param>
/// <param name="JobName">Its name.</param>
/// <param name="Status">Its status, <c>SUCCEEDED</c>.</param>
public sealed record BatchJob(
    [property: JsonPropertyName("JobId")] string JobId,
    [property: JsonPropertyName("JobName")] string JobName,
    [property: JsonPropertyName("Status")] string? Status = null);

/// <summary>A run of a job of AWS Glue that has ended.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="JobName">The job's name.</param>
/// <param name="JobRunState">Its state, <c>SUCCEEDED</c>.</param>
/// <param name="ExecutionTime">How many seconds it used resources.</param>
public sealed record GlueJobRun(
    [property: JsonPropertyName("Id")] string Id,
    [property: JsonPropertyName("JobName")] string JobName,
    [property: JsonPropertyName("JobRunState")] string? JobRunState = null,
    [property: JsonPropertyName("ExecutionTime")] int? ExecutionTime = null);

/// <summary>A query of Amazon Athena that has ended.</summary>
/// <param name="QueryExecutionId">Its identifier.</param>
/// <param name="ResultConfiguration">Where its results are.</param>
public sealed record AthenaQuery(
    [property: JsonPropertyName("QueryExecutionId")] string QueryExecutionId,
    [property: JsonPropertyName("ResultConfiguration")] AthenaResults? ResultConfiguration = null);

/// <summary>Where the results of an <see cref="AthenaQuery"/> are.</summary>
/// <param name="OutputLocation">The object with the rows, <c>s3://bucket/key</c>.</param>
public sealed record AthenaResults([property: JsonPropertyName("OutputLocation")] string? OutputLocation);
