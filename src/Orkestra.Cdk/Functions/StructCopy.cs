using System.Reflection;

namespace Orkestra.Cdk.Functions;

/// <summary>Copies what is set from one of CDK's property bags to another, whatever properties the CDK version in use has.</summary>
internal static class StructCopy
{
    /// <summary>Copies each property that both have, is set in <paramref name="from"/> and not in <paramref name="to"/>.</summary>
    public static TTo Fill<TTo>(object? from, TTo to)
        where TTo : class
    {
        if (from is null) return to;
        foreach (var target in typeof(TTo).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (target.CanWrite
                && from.GetType().GetProperty(target.Name) is { CanRead: true } source
                && target.PropertyType.IsAssignableFrom(source.PropertyType)
                && target.GetValue(to) is null
                && source.GetValue(from) is { } value)
            {
                target.SetValue(to, value);
            }
        }

        return to;
    }
}
