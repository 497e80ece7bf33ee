using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering;

/// <summary>
/// Finds the value of an expression that does not depend on the payload, when the workflow is defined. It walks fields, properties and calls of the base library;
/// nothing is compiled, so it works where no code can be made.
/// </summary>
internal static class Constants
{
    // Nothing here looks at the clock, the machine or a source of randomness, or changes anything.
    static readonly HashSet<Type> PureTypes =
    [
        typeof(string), typeof(char), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(Math), typeof(Convert), typeof(TimeSpan), typeof(DateTime), typeof(DateTimeOffset),
        typeof(DateOnly), typeof(TimeOnly), typeof(Guid), typeof(Uri), typeof(Version), typeof(CultureInfo),
    ];

    static readonly HashSet<string> Impure = ["NewGuid", "CreateVersion7", "Now", "UtcNow", "Today"];

    public static bool TryEvaluate(Expression expression, out object? value)
    {
        value = null;
        try
        {
            return Evaluate(expression, out value);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw Refusal.Of(expression, $"finding its value when the workflow is defined failed ({inner.Message.TrimEnd('.')})", "Capture a value that exists.");
        }
    }

    static bool Evaluate(Expression expression, out object? value)
    {
        value = null;
        switch (expression)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case DefaultExpression:
                return Default(expression.Type, out value);
            case MemberExpression member:
                return Member(member, out value);
            case UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } conversion:
                return Evaluate(conversion.Operand, out var operand) && Converted(operand, conversion, out value);
            case UnaryExpression { NodeType: ExpressionType.ArrayLength } length when Evaluate(length.Operand, out var array):
                value = (array as Array)?.Length;
                return value is not null;
            case BinaryExpression { NodeType: ExpressionType.ArrayIndex } index when Evaluate(index.Left, out var array) && Evaluate(index.Right, out var at):
                value = array is Array items && at is int i && i >= 0 && i < items.Length ? items.GetValue(i) : null;
                return value is not null;
            case NewExpression { Constructor: { } constructor } create when PureTypes.Contains(create.Type) && Arguments(create.Arguments, out var arguments):
                value = constructor.Invoke(arguments);
                return true;
            case MethodCallExpression call when IsPure(call):
                object? instance = null;
                if ((call.Object is not null && (!Evaluate(call.Object, out instance) || instance is null)) || !Arguments(call.Arguments, out var inputs)) return false;
                value = call.Method.Invoke(instance, inputs);
                return true;
            default:
                return false;
        }
    }

    static bool Member(MemberExpression member, out object? value)
    {
        value = null;
        object? owner = null;
        if (member.Expression is not null && (!Evaluate(member.Expression, out owner) || owner is null)) return false;
        switch (member.Member)
        {
            case FieldInfo field:
                value = field.GetValue(owner);
                return true;
            case PropertyInfo property when !(PureTypes.Contains(property.DeclaringType!) && Impure.Contains(property.Name)) && property.DeclaringType != typeof(Random) && !IsMachine(property):
                value = property.GetValue(owner);
                return true;
            default:
                return false;
        }
    }

    static bool IsMachine(PropertyInfo property) => property.DeclaringType == typeof(Environment) && property.Name != nameof(Environment.NewLine);

    static bool IsPure(MethodCallExpression call)
    {
        if (call.Type.IsByRefLike || Impure.Contains(call.Method.Name)) return false;
        var type = call.Method.DeclaringType!;
        if (PureTypes.Contains(type)) return true;
        return call.Method.Name is "get_Item" && typeof(IEnumerable).IsAssignableFrom(type) && type.Namespace!.StartsWith("System.Collections", StringComparison.Ordinal);
    }

    static bool Arguments(ReadOnlyCollection<Expression> expressions, out object?[] values)
    {
        values = new object?[expressions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!Evaluate(expressions[i], out values[i])) return false;
        }

        return true;
    }

    static bool Default(Type type, out object? value)
    {
        value = null;
        if (!type.IsValueType || Types.IsNullable(type)) return true;
        if (type.IsEnum) value = Enum.ToObject(type, 0);
        else if (type == typeof(Guid)) value = Guid.Empty;
        else if (type == typeof(DateTimeOffset)) value = default(DateTimeOffset);
        else if (type == typeof(DateTime)) value = default(DateTime);
        else if (type == typeof(TimeSpan)) value = default(TimeSpan);
        else if (type == typeof(DateOnly)) value = default(DateOnly);
        else if (type == typeof(TimeOnly)) value = default(TimeOnly);
        else if (type == typeof(bool)) value = false;
        else if (Types.IsNumber(type)) value = Convert.ChangeType(0, type, CultureInfo.InvariantCulture);
        return value is not null;
    }

    static bool Converted(object? operand, UnaryExpression conversion, out object? value)
    {
        value = operand;
        var target = Types.Unwrap(conversion.Type);
        if (operand is null) return !conversion.Type.IsValueType || Types.IsNullable(conversion.Type);
        if (target.IsInstanceOfType(operand)) return true;
        if (target.IsEnum)
        {
            value = Enum.ToObject(target, operand);
            return true;
        }

        if (conversion.Method is { } method && PureTypes.Contains(method.DeclaringType!) && !target.IsByRefLike)
        {
            value = method.Invoke(null, [operand]);
            return true;
        }

        if (operand is not IConvertible || !Types.IsNumber(target)) return false;
        if (operand is char c) operand = (int)c;
        else if (operand is Enum) operand = Convert.ToInt64(operand, CultureInfo.InvariantCulture);

        // A cast cuts the fraction off, where ChangeType would round.
        if (Types.IsIntegral(target) && operand is double or float) operand = Math.Truncate(Convert.ToDouble(operand, CultureInfo.InvariantCulture));
        if (Types.IsIntegral(target) && operand is decimal exact) operand = Math.Truncate(exact);
        try
        {
            value = Convert.ChangeType(operand, target, CultureInfo.InvariantCulture);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
