namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Where C# throws and the JSONata it becomes gives a value: each with the sentence of docs/expressions-in-csharp.md that documents it.</summary>
public static class DocumentedDifferences
{
    /// <summary>The sentences, and which exceptions each covers, given the JSONata.</summary>
    public static IReadOnlyList<(string Sentence, Func<Exception, string, bool> Covers)> All { get; } =
    [
        ("Where a text is too short for an index or a length, C# throws and JSONata gives the characters there are.",
            static (exception, jsonata) => exception is ArgumentOutOfRangeException or IndexOutOfRangeException && jsonata.Contains("$substring(", StringComparison.Ordinal)),
        ("Where C# throws because it divides by zero, Step Functions calculates on with infinity or not-a-number, which it writes as texts such as `Infinity`.",
            static (exception, _) => exception is DivideByZeroException),
        ("JSONata also calculates moments before the year 1 and after 9999, where C# throws.",
            static (exception, jsonata) => exception is ArgumentOutOfRangeException && jsonata.Contains("$toMillis(", StringComparison.Ordinal)),
        ("`ToDictionary` keeps the last of equal keys, where C# throws.",
            static (exception, jsonata) => exception.GetType() == typeof(ArgumentException) && jsonata.Contains("$merge(", StringComparison.Ordinal)),
        ("Where C# throws because an element is missing (`First` of nothing, an index out of range), JSONata gives nothing.",
            static (exception, _) => exception is ArgumentOutOfRangeException or IndexOutOfRangeException || exception is InvalidOperationException { Message: var message } && message.StartsWith("Sequence contains", StringComparison.Ordinal)),
        ("Where C# throws because a reference or a `Value` is null, JSONata gives nothing.",
            static (exception, _) => exception is NullReferenceException || exception is InvalidOperationException { Message: var message } && message.StartsWith("Nullable", StringComparison.Ordinal)),
    ];

    /// <summary>Whether one of them covers an exception.</summary>
    public static bool Allow(Exception exception, string jsonata) => All.Any(difference => difference.Covers(exception, jsonata));
}
