namespace Orkestra.Authoring.Services;

/// <summary>Conversions between text and JSON for expressions over the answers of services; the lowering knows them by their names.</summary>
internal static class ServiceText
{
    const string OnlyInExpressions = "This method has a meaning only in an expression that becomes JSONata.";

    /// <summary>The value of a JSON text: <c>$parse</c>.</summary>
    public static T Parse<T>(string text) => throw new InvalidOperationException(OnlyInExpressions);

    /// <summary>A value as it is, with another type.</summary>
    public static T As<T>(object? value) => throw new InvalidOperationException(OnlyInExpressions);
}
