using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Authoring;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting;

/// <summary>Adds the partition keys of workflows, so that they can be run for many keys.</summary>
public static class BackfillExtensions
{
    /// <summary>
    /// Says that a workflow has one run for each key, such as a day, and how the key becomes the input. <see cref="WorkflowBackfills"/> becomes a service.
    /// </summary>
    /// <example><code>
    /// orkestra.AddWorkflow&lt;DailyReport&gt;().AddPartitions&lt;DailyReport, DateOnly&gt;(day => new ReportRequest(day));
    /// </code></example>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <typeparam name="TKey">The type of the keys: <see cref="DateOnly"/>, which has ranges, or any other that is read from text.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="input">Makes the input of a key's run, which is written as the workflow writes payloads. It must give the same for the same key, also after a restart.</param>
    /// <returns>The builder.</returns>
    public static OrkestraBuilder AddPartitions<TWorkflow, TKey>(this OrkestraBuilder builder, Func<TKey, object?> input)
        where TWorkflow : Workflow
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(input);
        return Add(builder, new PartitionKeys<TKey>(new WorkflowReference(typeof(TWorkflow), null), input));
    }

    /// <summary>Says that a state machine has one run for each key, and how the key becomes the input.</summary>
    /// <typeparam name="TKey">The type of the keys: <see cref="DateOnly"/>, which has ranges, or any other that is read from text.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="workflow">The name of the state machine.</param>
    /// <param name="input">Makes the input of a key's run. It must give the same for the same key, also after a restart.</param>
    /// <returns>The builder.</returns>
    public static OrkestraBuilder AddPartitions<TKey>(this OrkestraBuilder builder, string workflow, Func<TKey, object?> input)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(input);
        return Add(builder, new PartitionKeys<TKey>(new WorkflowReference(null, workflow), input));
    }

    /// <summary>What schedules and backfills both need.</summary>
    internal static void AddBackfills(this OrkestraBuilder builder)
    {
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(WorkflowPartitions))) return;
        services.AddSingleton(provider => new WorkflowPartitions(provider.GetServices<PartitionKeys>(), provider.GetRequiredService<OrkestraRuntime>()));
        services.AddSingleton(provider => new WorkflowBackfills(
            provider.GetRequiredService<OrkestraRuntime>(), provider.GetRequiredService<WorkflowPartitions>(), HostLog.Of(provider, "Orkestra.Hosting")));
        services.AddSingleton<IHostedService>(provider => new BackfillHostedService(builder, provider));
    }

    static OrkestraBuilder Add(OrkestraBuilder builder, PartitionKeys keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddBackfills();
        builder.Services.AddSingleton(keys);
        return builder;
    }
}
