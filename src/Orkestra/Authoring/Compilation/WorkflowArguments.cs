using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Tells two objects of one workflow class apart by what they were made with. Both would be deployed under one name, so they have to be the same workflow. Their documents can't be compared:
/// compiling a workflow while another one is compiled never ends if they start each other.
/// </summary>
internal static class WorkflowArguments
{
    /// <summary>Refuses two objects of one class and one name that were made with different values. Only simple values, such as texts and numbers, are compared.</summary>
    /// <exception cref="WorkflowException">A value differs. The message names it.</exception>
    public static void CheckSame(Workflow one, Workflow other)
    {
        if (ReferenceEquals(one, other) || one.GetType() != other.GetType() || FirstDifference(one, other) is not { } difference) return;
        throw new WorkflowException(
            $"'{one.Name}' stands for two workflows of the class {TypeName.Of(one.GetType())}, whose '{difference.Name}' is {difference.One} and {difference.Other}: override Name so that it differs, too.");
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that trimming removed is read by no code.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that trimming removed is read by no code.")]
    static (string Name, string One, string Other)? FirstDifference(Workflow one, Workflow other)
    {
        for (var type = one.GetType(); type is not null && type.Assembly != typeof(Workflow).Assembly; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (IsSimple(field.FieldType) && field.GetValue(one) is var first && field.GetValue(other) is var second && !Equals(first, second))
                    return (NameOf(field.Name), TextOf(first), TextOf(second));
            }
        }

        return null;
    }

    static bool IsSimple(Type type) => Nullable.GetUnderlyingType(type) is { } inner
        ? IsSimple(inner)
        : type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid) || type == typeof(Uri)
            || type == typeof(TimeSpan) || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly);

    // The compiler names the fields of properties <Name>k__BackingField, and those of the parameters of a class <name>P.
    static string NameOf(string field) => field.StartsWith('<') && field.IndexOf('>', StringComparison.Ordinal) is > 1 and var end ? field[1..end] : field;

    static string TextOf(object? value) => value is null ? "null" : $"'{value}'";
}
