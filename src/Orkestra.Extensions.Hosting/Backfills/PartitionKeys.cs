using System.Globalization;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>The partition keys of a workflow: how they are read and written, and the input of each.</summary>
internal abstract class PartitionKeys(WorkflowReference workflow)
{
    internal WorkflowReference Workflow { get; } = workflow;

    internal abstract Type KeyType { get; }

    /// <summary>Whether keys are days, which have ranges.</summary>
    internal bool AreDays => KeyType == typeof(DateOnly);

    /// <summary>A key as it is written.</summary>
    /// <exception cref="FormatException">It is not a key.</exception>
    internal abstract string Canonical(string text);

    /// <summary>A key as text.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    internal abstract string TextOf(object key);

    /// <summary>The input of the run of a key.</summary>
    internal abstract object? InputOf(string key);

    /// <summary>The days from one to another, both included.</summary>
    internal static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var number = from.DayNumber; number <= to.DayNumber; number++) yield return DateOnly.FromDayNumber(number);
    }
}

/// <inheritdoc/>
internal sealed class PartitionKeys<TKey>(WorkflowReference workflow, Func<TKey, object?> input) : PartitionKeys(workflow)
    where TKey : notnull, IParsable<TKey>
{
    internal override Type KeyType => typeof(TKey);

    internal override string Canonical(string text) => TextOf(Parse(text));

    internal override string TextOf(object key) => key switch
    {
        TKey and (DateOnly or TimeOnly or DateTime or DateTimeOffset) => ((IFormattable)key).ToString("O", CultureInfo.InvariantCulture),
        TKey and IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        TKey => key.ToString() ?? "",
        _ => throw new InvalidOperationException($"The partition keys of {Workflow.Text} are of type {typeof(TKey).Name}, not {key.GetType().Name}."),
    };

    internal override object? InputOf(string key) => input(Parse(key));

    TKey Parse(string text)
    {
        if (TKey.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var key)) return key;
        throw new FormatException(AreDays ? $"'{text}' is not a day: write it like 2026-03-01." : $"'{text}' is not a key of {Workflow.Text}: its keys are of type {typeof(TKey).Name}.");
    }
}
