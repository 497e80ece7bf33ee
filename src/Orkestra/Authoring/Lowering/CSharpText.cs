using System.Globalization;
using System.Linq.Expressions;

namespace Orkestra.Authoring.Lowering;

/// <summary>Writes an expression tree as the C# it came from, near enough for a person to find it.</summary>
internal static class CSharpText
{
    public static string Of(Expression expression) => expression switch
    {
        LambdaExpression lambda => $"{(lambda.Parameters.Count == 1 ? lambda.Parameters[0].Name : $"({string.Join(", ", lambda.Parameters.Select(p => p.Name))})")} => {Of(lambda.Body)}",
        ParameterExpression parameter => parameter.Name ?? "_",
        ConstantExpression constant => Constant(constant),
        MemberExpression { Expression: null } member => $"{TypeName.Of(member.Member.DeclaringType!)}.{member.Member.Name}",
        MemberExpression { Expression: ConstantExpression } member => member.Member.Name,
        MemberExpression member => $"{Operand(member.Expression!)}.{member.Member.Name}",
        MethodCallExpression call => Call(call),
        UnaryExpression unary => Unary(unary),
        BinaryExpression { NodeType: ExpressionType.ArrayIndex } index => $"{Of(index.Left)}[{Of(index.Right)}]",
        BinaryExpression binary => $"{Operand(binary.Left)} {Symbol(binary.NodeType)} {Operand(binary.Right)}",
        ConditionalExpression conditional => $"{Operand(conditional.Test)} ? {Of(conditional.IfTrue)} : {Of(conditional.IfFalse)}",
        NewExpression { Members: { } members } create => $"new {{ {string.Join(", ", create.Arguments.Select((argument, i) => $"{members[i].Name} = {Of(argument)}"))} }}",
        NewExpression create => $"new {TypeName.Of(create.Type)}({List(create.Arguments)})",
        MemberInitExpression init => $"{Of(init.NewExpression)} {{ {string.Join(", ", init.Bindings.Select(Binding))} }}",
        ListInitExpression init => $"{Of(init.NewExpression)} {{ {string.Join(", ", init.Initializers.Select(element => List(element.Arguments)))} }}",
        NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => $"new[] {{ {List(array.Expressions)} }}",
        NewArrayExpression array => $"new {TypeName.Of(array.Type.GetElementType()!)}[{List(array.Expressions)}]",
        TypeBinaryExpression test => $"{Operand(test.Expression)} is {TypeName.Of(test.TypeOperand)}",
        DefaultExpression => $"default({TypeName.Of(expression.Type)})",
        InvocationExpression invocation => $"{Of(invocation.Expression)}({List(invocation.Arguments)})",
        IndexExpression index => $"{Of(index.Object!)}[{List(index.Arguments)}]",
        _ => expression.ToString(),
    };

    static string Call(MethodCallExpression call)
    {
        var name = call.Method.Name;
        if (name == "CreateDelegate" && call.Object is ConstantExpression { Value: System.Reflection.MethodInfo method }) return $"{TypeName.Of(method.DeclaringType!)}.{method.Name}";
        if (name == "get_Item" && call.Object is not null) return $"{Of(call.Object)}[{List(call.Arguments)}]";
        if (name == "get_Chars") return $"{Of(call.Object!)}[{List(call.Arguments)}]";
        if (name is "op_Implicit" or "op_Explicit" && call.Arguments.Count == 1) return Of(call.Arguments[0]);
        var generic = call.Method.IsGenericMethod && call.Arguments.Count == 0 ? $"<{string.Join(", ", call.Method.GetGenericArguments().Select(TypeName.Of))}>" : "";
        if (call.Object is not null) return $"{Operand(call.Object)}.{name}{generic}({List(call.Arguments)})";
        var extension = call.Method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute), inherit: false) && call.Arguments.Count > 0;
        return extension
            ? $"{Operand(call.Arguments[0])}.{name}({List(call.Arguments.Skip(1))})"
            : $"{TypeName.Of(call.Method.DeclaringType!)}.{name}{generic}({List(call.Arguments)})";
    }

    static string Unary(UnaryExpression unary) => unary.NodeType switch
    {
        ExpressionType.Quote => Of(unary.Operand),
        ExpressionType.ArrayLength => $"{Of(unary.Operand)}.Length",
        ExpressionType.Not => $"{(unary.Type == typeof(bool) || unary.Type == typeof(bool?) ? "!" : "~")}{Operand(unary.Operand)}",
        ExpressionType.OnesComplement => $"~{Operand(unary.Operand)}",
        ExpressionType.Negate or ExpressionType.NegateChecked => $"-{Operand(unary.Operand)}",
        ExpressionType.TypeAs => $"({Of(unary.Operand)} as {TypeName.Of(unary.Type)})",
        ExpressionType.Convert or ExpressionType.ConvertChecked when IsSpelledOut(unary) => $"({TypeName.Of(unary.Type)}){Operand(unary.Operand)}",
        _ => Of(unary.Operand),
    };

    // Conversions that C# makes by itself are not in the source.
    static bool IsSpelledOut(UnaryExpression unary) =>
        !typeof(Delegate).IsAssignableFrom(unary.Type) && !unary.Type.IsAssignableFrom(unary.Operand.Type) && Nullable.GetUnderlyingType(unary.Type) != unary.Operand.Type;

    static string Operand(Expression expression) =>
        expression is BinaryExpression { NodeType: not ExpressionType.ArrayIndex } or ConditionalExpression or LambdaExpression or TypeBinaryExpression
            ? $"({Of(expression)})"
            : Of(expression);

    static string List(IEnumerable<Expression> expressions) => string.Join(", ", expressions.Select(Of));

    static string Binding(MemberBinding binding) => binding is MemberAssignment assignment ? $"{binding.Member.Name} = {Of(assignment.Expression)}" : $"{binding.Member.Name} = {{ … }}";

    static string Constant(ConstantExpression constant) => constant.Value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char c => $"'{c}'",
        bool value => value ? "true" : "false",
        Enum value => $"{constant.Type.Name}.{value}",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        { } value => TypeName.Of(value.GetType()),
    };

    static string Symbol(ExpressionType type) => type switch
    {
        ExpressionType.Add or ExpressionType.AddChecked => "+",
        ExpressionType.Subtract or ExpressionType.SubtractChecked => "-",
        ExpressionType.Multiply or ExpressionType.MultiplyChecked => "*",
        ExpressionType.Divide => "/",
        ExpressionType.Modulo => "%",
        ExpressionType.And => "&",
        ExpressionType.AndAlso => "&&",
        ExpressionType.Or => "|",
        ExpressionType.OrElse => "||",
        ExpressionType.ExclusiveOr => "^",
        ExpressionType.LeftShift => "<<",
        ExpressionType.RightShift => ">>",
        ExpressionType.Equal => "==",
        ExpressionType.NotEqual => "!=",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        ExpressionType.Coalesce => "??",
        _ => type.ToString(),
    };
}
