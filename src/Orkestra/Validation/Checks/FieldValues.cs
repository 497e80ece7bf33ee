using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>What plain values are held to.</summary>
internal static class FieldValues
{
    internal const int LongestSeconds = 99_999_999;

    internal static void Text(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.String) field.Expected("STRING");
    }

    internal static void Boolean(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.Boolean) field.Expected("BOOLEAN");
    }

    internal static void Anything(FieldContext field)
    {
    }

    /// <summary>One of some words.</summary>
    internal static Action<FieldContext> Word(params string[] words) => field =>
    {
        if (field.Value.Text is not { } text)
            field.Expected("STRING");
        else if (!words.Contains(text) && !IsPlaceholder(text))
            field.Schema($"Value should be one of the following: [{string.Join(", ", words)}]");
    };

    /// <summary>A whole number of a range.</summary>
    internal static Action<FieldContext> Integer(long least, long most = long.MaxValue) => field =>
    {
        if (field.Value.Text is { } text && IsPlaceholder(text)) return;
        if (field.Value.Value is not JsonNumber { IsInteger: true } number)
            field.Expected("INTEGER");
        else
            Range(field, number.Value, least, most, "0");
    };

    /// <summary>A number of a range.</summary>
    internal static Action<FieldContext> Number(double least, double most = double.MaxValue) => field =>
    {
        if (field.Value.Text is { } text && IsPlaceholder(text)) return;
        if (field.Value.Value is not JsonNumber number)
            field.Expected("NUMBER");
        else
            Range(field, number.Value, least, most, "0.0########");
    };

    /// <summary>A whole number of a range, or a JSONata expression where that is spoken.</summary>
    internal static Action<FieldContext> IntegerOrExpression(long least, long most = long.MaxValue) => OrExpression(Integer(least, most));

    /// <summary>A number of a range, or a JSONata expression where that is spoken.</summary>
    internal static Action<FieldContext> NumberOrExpression(double least, double most) => OrExpression(Number(least, most));

    /// <summary>A string with characters in it.</summary>
    internal static void NonEmptyText(FieldContext field)
    {
        if (field.Value.Text is not { } text)
            field.Expected("STRING");
        else if (text.Length == 0)
            field.Schema("Value cannot be empty");
    }

    internal static void NonEmptyTexts(FieldContext field)
    {
        if (field.Value.Kind != JsonKind.Array)
        {
            field.Expected("ARRAY");
            return;
        }

        if (field.Value.Items.Count == 0) field.Schema("Value cannot be empty");
        for (var i = 0; i < field.Value.Items.Count; i++)
        {
            if (field.Value.Items[i].Kind != JsonKind.String)
                field.Checker.Schema("Expected value of type [STRING]", $"{field.Location}[{i}]", field.Value.Items[i]);
        }
    }

    /// <summary>Text such as <c>${Seconds}</c>, which deployment tools fill in before the service sees it.</summary>
    internal static bool IsPlaceholder(string text)
    {
        var start = text.IndexOf("${", StringComparison.Ordinal);
        return start >= 0 && text.IndexOf('}', start) > start + 2;
    }

    static Action<FieldContext> OrExpression(Action<FieldContext> check) => field =>
    {
        if (field.Jsonata && field.Value.Kind == JsonKind.String)
            ExpressionChecks.JsonataRequired(field);
        else
            check(field);
    };

    static void Range(FieldContext field, double value, double least, double most, string format)
    {
        if (value < least) field.Schema($"Minimum value is {least.ToString(format, CultureInfo.InvariantCulture)}");
        if (value > most) field.Schema($"Maximum value is {most.ToString(format, CultureInfo.InvariantCulture)}");
    }
}
