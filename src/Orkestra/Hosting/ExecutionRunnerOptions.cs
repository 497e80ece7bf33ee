using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Objects;

namespace Orkestra.Hosting;

/// <summary>What all executions of an <see cref="ExecutionRunner"/> share.</summary>
public sealed record ExecutionRunnerOptions
{
    /// <summary>
    /// The clock of waits, retries and timeouts; the system's by default. A <see cref="SkippingTimeProvider"/> makes every wait end at once.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The buckets distributed Maps read items from and write results to; null (the default) means that there are none.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>What item readers understand, and how much they read; the defaults of <see cref="DatasetOptions"/> by default.</summary>
    public DatasetOptions Datasets { get; init; } = DatasetOptions.Default;

    /// <summary>How HTTP tasks (<c>arn:aws:states:::http:invoke</c>) are carried out when no invoker answers them; null (the default) means that they are not.</summary>
    public HttpTaskOptions? Http { get; init; }

    /// <summary>Where the events of executions are kept, so that they can go on after a restart; null (the default) keeps none.</summary>
    public IExecutionStore? Store { get; init; }
}
